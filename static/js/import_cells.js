/* Rows of an import: the first wrong cell has the cursor, and what stands in it is selected, so that
   typing replaces it. Enter goes to the next wrong cell, from the last one to the button; Ctrl+Enter
   presses the button that shows it. Not while an input method is composing. */

const wrong = () => [...document.querySelectorAll(".import-grid input.is-invalid")];

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".import-grid input.is-invalid")) event.target.select();
});

/* The first press into a cell selects too; from the second on it puts the cursor where it points. */
document.addEventListener("mousedown", (event) => {
  const cell = event.target;
  if (!cell.matches(".import-grid input.is-invalid") || cell.dataset.entered) return;
  event.preventDefault();
  cell.dataset.entered = "1";
  cell.focus();
  cell.select();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  const cell = event.target;
  if (event.ctrlKey || event.metaKey) {
    const button = document.querySelector('button[aria-keyshortcuts="Control+Enter"]');
    if (!button) return;
    event.preventDefault();
    if (!event.repeat) button.form.requestSubmit(button);
  } else if (cell.matches(".import-grid input.form-control")) {
    event.preventDefault();
    const cells = wrong();
    const next = cells[cells.indexOf(cell) + 1];
    (next ?? cell.form.querySelector(".form-buttons button")).focus();
  }
});

wrong()[0]?.focus({ preventScroll: true });
