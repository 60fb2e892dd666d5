/* [data-kinds]: fields of some kinds of activity. They show while one of those kinds is chosen, and
   always when they hold something: hidden ones are still sent, so nothing typed is lost. A folded
   part (<details>) is never hidden, only opened. */

const form = document.querySelector("[data-record]");

const holds = (part) =>
  part.querySelector(".is-invalid") !== null ||
  [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].some((field) =>
    ["checkbox", "radio"].includes(field.type) ? field.checked : field.value !== "",
  );

function show() {
  const chosen = [...form.querySelectorAll("input[name=kinds]:checked")].map((kind) => kind.value);
  for (const part of form.querySelectorAll("[data-kinds]")) {
    const isOfKind = part.dataset.kinds.split(" ").some((kind) => chosen.includes(kind));
    if (part.tagName !== "DETAILS") part.hidden = !isOfKind && !holds(part);
    else if (isOfKind) part.open = true;
  }
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "kinds") show();
  });
  form.addEventListener("record:items", show);
  show();
  /* A kind chosen before the scripts were there has told nobody; htmx listens from this event on. */
  document.addEventListener("DOMContentLoaded", () => {
    const early = [...form.querySelectorAll("input[name=kinds]")].find(
      (kind) => kind.checked !== kind.defaultChecked,
    );
    early?.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
