/* [data-find-person]: initials, pinyin or characters leave the people they fit. Enter marks the only
   one left absent, or on leave when a reason follows ("zs 病假"); then a press gives the reason. */

const frame = document.querySelector("[data-attendance]");
const isAbsence = /^(缺|旷|无故|未)/;
const people = () => [...frame.querySelectorAll(".grid-attendance fieldset")];
const finder = () => frame.querySelector("[data-find-person]");

function fits(person, typed) {
  const [initials, pinyin] = person.dataset.keys.split(" ");
  const plain = typed.toLowerCase();
  return (
    person.dataset.name.toLowerCase().includes(plain) ||
    initials.startsWith(plain) ||
    pinyin.startsWith(plain)
  );
}

/* The people that fit and the reason typed behind them. */
function found() {
  const typed = finder().value.trim();
  const all = people().filter((person) => fits(person, typed));
  const space = typed.search(/\s/);
  if (all.length || space < 0) return [all, ""];
  return [people().filter((person) => fits(person, typed.slice(0, space))), typed.slice(space).trim()];
}

function show() {
  const [kept] = found();
  for (const person of people()) person.closest("li").hidden = !kept.includes(person);
}

function mark(person, state) {
  const radio = person.querySelector(`input[type=radio][value=${state}]`);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

function give(person, reason) {
  const box = person.querySelector(".reason");
  box.value = reason;
  mark(person, isAbsence.test(reason) ? "ABSENT" : "ON_LEAVE");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerReasons(person) {
  const choices = frame.querySelector("[data-quick-reasons]");
  person.append(choices);
  choices.hidden = false;
}

function clear() {
  finder().value = "";
  show();
}

function markFound() {
  const [kept, reason] = found();
  if (kept.length !== 1 || !finder().value.trim()) return;
  const [person] = kept;
  clear();
  if (reason) {
    give(person, reason);
    finder().focus();
    return;
  }
  mark(person, "ABSENT");
  offerReasons(person);
  person.querySelector("input[type=radio]:checked").focus();
}

if (frame) {
  frame.addEventListener("input", (event) => {
    if (event.target === finder()) show();
  });
  frame.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const isFinder = event.target === finder();
    if (event.key === "Escape" && isFinder) clear();
    if (event.key !== "Enter") return;
    if (isFinder) {
      event.preventDefault();
      markFound();
    } else if (event.target.matches(".reason, .states input")) {
      /* Back to the next name instead of sending the form. */
      event.preventDefault();
      finder().focus();
    }
  });
  frame.addEventListener("change", (event) => {
    const person = event.target.closest("fieldset");
    if (event.target.type !== "radio" || !person) return;
    if (event.target.value !== "PRESENT") offerReasons(person);
    else if (person.contains(frame.querySelector("[data-quick-reasons]"))) {
      frame.querySelector("[data-quick-reasons]").hidden = true;
    }
  });
  frame.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-quick-reasons] button");
    if (!choice) return;
    give(choice.closest("fieldset"), choice.value);
    finder().focus();
  });
}
