/* [data-paste-names]: a pasted list is read on the server; what it recognized is marked in the grid
   once the user agrees. The others keep their marks, or stay open. */

const box = document.querySelector("[data-paste-names]");
const frame = document.querySelector("[data-attendance]");

if (box && frame) {
  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-apply-matching]")) return;
    event.preventDefault(); // the button would send the form, as it does without this script
    let last = null;
    for (const one of box.querySelectorAll("[data-member]")) {
      const { member, state, reason } = one.dataset;
      const radio = frame.querySelector(`input[name="state-${member}"][value=${state}]`);
      if (!radio) continue;
      radio.checked = true;
      if (reason) frame.querySelector(`[name="reason-${member}"]`).value = reason;
      last = radio;
    }
    last?.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { isPartial: true } }));
    box.querySelector("#matching").textContent = "";
    box.querySelector("textarea").value = "";
    box.open = false;
    frame.querySelector("[data-find-person]")?.focus();
  });
}
