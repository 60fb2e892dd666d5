/* [data-agenda]: items are added, moved by drag, button or Alt+↑/↓, and their votes judged while one
   types. The empty items that a page without JavaScript needs go. */

const agenda = document.querySelector("[data-agenda]");
const items = agenda?.querySelector("[data-items]");
const total = agenda?.querySelector("input[name$=-TOTAL_FORMS]");
const all = () => [...items.children];

function renumber() {
  all().forEach((item, index) => {
    item.querySelector("input[name$=-ORDER]").value = index + 1;
    item.querySelector("[data-number]").textContent = index + 1;
  });
}

function add(values = {}) {
  const template = agenda.querySelector("template");
  items.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", total.value));
  total.value = Number(total.value) + 1;
  const item = items.lastElementChild;
  item.removeAttribute("data-empty");
  for (const [name, value] of Object.entries(values)) {
    item.querySelector(`[name$=-${name}]`).value = value;
  }
  prepare(item);
  renumber();
  agenda.dispatchEvent(new CustomEvent("record:items", { bubbles: true }));
  item.querySelector("input").focus();
}

function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(item);
  else other.after(item);
  renumber();
}

/* Of those expected with voting right, more than half (integers, as the server counts). */
function judge() {
  const expected = document.querySelectorAll("[data-attendance] [data-vote]").length;
  for (const item of all()) {
    const line = item.querySelector("[data-majority]");
    const ayes = item.querySelector("[name$=-votes_for]").value;
    line.hidden = !ayes || !expected;
    if (line.hidden) continue;
    const isCarried = 2 * Number(ayes) > expected;
    line.querySelector("[data-carried]").hidden = !isCarried;
    line.querySelector("[data-lost]").hidden = isCarried;
    const needed = line.querySelector("[data-needed]");
    needed.textContent = needed.dataset.needed
      .replace("{majority}", Math.floor(expected / 2) + 1)
      .replace("{expected}", expected);
  }
}

function prepare(item) {
  item.querySelector("[data-move]").hidden = false;
  item.querySelector("[id^=div_id_][id$=-ORDER]").hidden = true;
  const handle = item.querySelector("[data-handle]");
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(item, 0, 0);
    item.classList.add("is-moved");
  });
  handle.addEventListener("dragend", () => {
    item.classList.remove("is-moved");
    renumber();
  });
}

async function followUp(button) {
  const question = new URLSearchParams(
    [...new FormData(button.form)].filter(([name]) => ["host", "kinds", "held_on"].includes(name)),
  );
  question.set("activity", button.dataset.activity);
  const said = agenda.querySelector("[data-said]");
  said.textContent = "";
  try {
    const answer = await fetch(`${button.dataset.followups}?${question}`);
    const values = answer.ok ? await answer.json() : null;
    if (values?.discussion) add(values);
    else said.textContent = values ? said.dataset.nothing : said.dataset.failed;
  } catch {
    said.textContent = said.dataset.failed;
  }
}

if (agenda) {
  /* Only from the end: the numbers of the items that stay must run on without a gap. */
  while (items.lastElementChild?.hasAttribute("data-empty")) {
    items.lastElementChild.remove();
    total.value = Number(total.value) - 1;
  }
  all().forEach(prepare);
  renumber();
  agenda.querySelector("[data-add]").hidden = false;
  agenda.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.hasAttribute("data-add")) add();
    if (button?.dataset.step) move(button.closest("[data-item]"), Number(button.dataset.step));
    if (button?.dataset.followups) {
      event.preventDefault();
      followUp(button);
    }
  });
  agenda.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const item = event.target.closest("[data-item]");
    if (event.isComposing || !event.altKey || !step || !item) return;
    event.preventDefault();
    move(item, step);
    event.target.focus();
  });
  items.addEventListener("dragover", (event) => {
    const moved = items.querySelector(".is-moved");
    const over = event.target.closest("[data-item]");
    if (!moved || !over || over === moved) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(moved);
    else over.after(moved);
  });
  items.addEventListener("drop", (event) => event.preventDefault());
  agenda.addEventListener("input", judge);
  document.addEventListener("htmx:afterSwap", judge);
  judge();
}
