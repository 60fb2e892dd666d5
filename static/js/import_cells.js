/* In the rows of an import: a wrong cell is selected when it is entered, so that typing replaces
   it, and Enter goes to the next one instead of sending the page; Ctrl+Enter sends it. */

const wrong = () => [...document.querySelectorAll(".import-grid input.is-invalid")];

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".import-grid input.is-invalid")) event.target.select();
});

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (event.key !== "Enter" || event.isComposing || !cell.matches(".import-grid input.form-control")) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) {
    cell.form.requestSubmit();
    return;
  }
  const cells = wrong();
  const next = cells[cells.indexOf(cell) + 1];
  (next ?? cell.form.querySelector(".form-buttons button")).focus();
});

wrong()[0]?.focus({ preventScroll: true });
