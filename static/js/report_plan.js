/* <form data-rows="prefix">: add a row from the template; the count goes to the management form. */

for (const form of document.querySelectorAll("form[data-rows]")) {
  const total = form.querySelector(`[name="${form.dataset.rows}-TOTAL_FORMS"]`);
  const most = form.querySelector(`[name="${form.dataset.rows}-MAX_NUM_FORMS"]`);
  const body = form.querySelector("[data-rows-body]");
  const add = form.querySelector("[data-rows-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const index = Number(total.value);
    if (index >= Number(most.value)) return;
    const row = document.createElement("div");
    row.append(form.querySelector("template").content.cloneNode(true));
    row.innerHTML = row.innerHTML
      .replaceAll("__prefix__", index)
      .replaceAll("__number__", index + 1);
    body.append(...row.children);
    total.value = index + 1;
    body.lastElementChild.querySelector("input, select, textarea").focus();
  });
}
