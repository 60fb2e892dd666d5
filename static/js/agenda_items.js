/* [data-agenda]: items are added one by one; the empty ones a page without JavaScript needs go. */

for (const agenda of document.querySelectorAll("[data-agenda]")) {
  const items = agenda.querySelector("[data-items]");
  const total = agenda.querySelector("input[name$=-TOTAL_FORMS]");
  const template = agenda.querySelector("template");
  const add = agenda.querySelector("[data-add]");

  /* Only from the end: the numbers of the items that stay must run on without a gap. */
  while (items.lastElementChild?.hasAttribute("data-empty")) {
    items.lastElementChild.remove();
    total.value = Number(total.value) - 1;
  }
  add.hidden = false;
  add.addEventListener("click", () => {
    items.insertAdjacentHTML(
      "beforeend",
      template.innerHTML.replaceAll("__prefix__", total.value),
    );
    total.value = Number(total.value) + 1;
    const item = items.lastElementChild;
    item.removeAttribute("data-empty");
    item.querySelector("input").focus();
  });
}
