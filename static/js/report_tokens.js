/* The list of figures beside a report's text: search it, and press a name to put it at the cursor. */

const list = document.querySelector("[data-token-list]");
const fields = document.querySelectorAll("textarea[data-tokens]");
let last = fields[0];

for (const field of fields) field.addEventListener("focus", () => (last = field));

function insert(token) {
  last.focus();
  last.setRangeText(token, last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
}

if (list && last) {
  for (const name of list.querySelectorAll("[data-token]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary btn-sm";
    button.textContent = name.textContent;
    button.addEventListener("click", () => insert(button.textContent));
    name.replaceWith(button);
  }
  const search = list.querySelector("[data-token-search]");
  search.hidden = false;
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no part of the text: no new preview
    const wanted = event.target.value.trim();
    for (const row of list.querySelectorAll("tbody tr")) {
      row.hidden = !row.textContent.includes(wanted);
    }
  });
  search.addEventListener("change", (event) => event.stopPropagation());
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
}
