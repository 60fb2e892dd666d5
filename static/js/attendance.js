/* [data-attendance]: one press marks everyone present, a mark makes the choice "recorded", and the
   numbers follow. The grid inside is replaced by htmx, so everything listens on the frame. */

const frame = document.querySelector("[data-attendance]");

const choices = () => document.querySelectorAll("input[name=attendance]");
const chosen = (value) => [...choices()].find((choice) => choice.value === value);
const people = () => [...frame.querySelectorAll(".grid-attendance fieldset")];
const stateOf = (person) => person.querySelector("input[type=radio]:checked")?.value ?? "";

function write(scope, name, number) {
  const place = scope.querySelector(`[data-count=${name}]`);
  if (place) place.textContent = number;
}

/* A reason belongs to those who were not there. */
function showReasons() {
  for (const person of people()) {
    const reason = person.querySelector(".reason");
    reason.hidden = stateOf(person) === "PRESENT" || (!reason.value && !stateOf(person));
  }
}

function count() {
  showReasons();
  const turnout = frame.querySelector("[data-turnout]");
  if (!turnout) return;
  const isRecorded = chosen("RECORDED").checked;
  turnout.hidden = !isRecorded;
  const everyone = people();
  const inState = (group, state) => group.filter((person) => stateOf(person) === state).length;
  write(turnout, "expected", everyone.length);
  write(turnout, "present", inState(everyone, "PRESENT"));
  write(turnout, "on_leave", inState(everyone, "ON_LEAVE"));
  write(turnout, "absent", inState(everyone, "ABSENT"));
  for (const quorum of turnout.querySelectorAll("[data-quorum]")) {
    const of = quorum.dataset.quorum === "vote" ? "data-vote" : "data-committee";
    const group = everyone.filter((person) => person.hasAttribute(of));
    const present = inState(group, "PRESENT");
    write(quorum, "expected", group.length);
    write(quorum, "present", present);
    const isReached = group.length > 0 && 2 * present >= group.length;
    quorum.querySelector("[data-reached]").hidden = !isReached;
    quorum.querySelector("[data-missed]").hidden = isReached;
  }
}

/* "Not recorded" takes the marks away, "recorded" brings them back: a slip costs nothing. */
const putAside = new Map();

function takeMarksAway() {
  for (const mark of frame.querySelectorAll("input[type=radio]:checked")) {
    putAside.set(mark.name, mark.value);
    mark.checked = false;
  }
}

/* Recorded means: whoever bears no mark was present. */
function markTheRestPresent() {
  for (const person of people()) {
    if (stateOf(person)) continue;
    const { name } = person.querySelector("input[type=radio]");
    const state = putAside.get(name) ?? "PRESENT";
    person.querySelector(`input[type=radio][value=${state}]`).checked = true;
  }
  putAside.clear();
}

/* Marked in part: the choice stays "not recorded" until everyone is accounted for. */
function showUnaccounted() {
  const strip = frame.querySelector("[data-unaccounted]");
  if (!strip) return;
  const open = people().filter((person) => !stateOf(person));
  strip.hidden = !open.length || open.length === people().length;
  strip.querySelector("[data-names]").textContent = open
    .map((person) => person.dataset.name)
    .join("、");
}

function refresh() {
  const tools = frame.querySelector("[data-attendance-tools]");
  if (tools) tools.hidden = false;
  if (chosen("RECORDED").checked) markTheRestPresent();
  else if (people().length && people().every(stateOf)) chosen("RECORDED").checked = true;
  count();
  showUnaccounted();
}

if (frame) {
  frame.addEventListener("click", (event) => {
    if (!event.target.closest("[data-all-present] button")) return;
    chosen("RECORDED").checked = true;
    for (const person of people()) person.querySelector("input[value=PRESENT]").checked = true;
    refresh();
    /* By keyboard the exceptions come next; a finger would be shown the keyboard of its screen. */
    if (event.detail === 0) frame.querySelector("[data-find-person]").focus();
  });
  frame.addEventListener("click", (event) => {
    const rest = event.target.closest("[data-rest]")?.dataset.rest;
    if (!rest) return;
    for (const person of people()) {
      if (!stateOf(person)) person.querySelector(`input[value=${rest}]`).checked = true;
    }
    refresh();
  });
  frame.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    /* Exceptions say that the others came; a first "present" says nothing of the others. */
    const isPartial = people().some((person) => !stateOf(person)) && event.target.value === "PRESENT";
    if (!isPartial && !event.detail?.isPartial) chosen("RECORDED").checked = true;
    refresh();
  });
  for (const choice of choices()) {
    choice.addEventListener("change", () => {
      if (choice.value === "NOT_RECORDED") takeMarksAway();
      refresh();
    });
  }
  /* Another day lists other people; whoever is on both lists keeps the mark. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target !== frame || chosen("RECORDED").checked) return;
    for (const mark of frame.querySelectorAll("input[type=radio]:checked")) {
      putAside.set(mark.name, mark.value);
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== frame) return;
    if (!chosen("RECORDED").checked) {
      for (const [name, value] of putAside) {
        const mark = frame.querySelector(`input[name="${name}"][value=${value}]`);
        if (mark) mark.checked = true;
      }
      putAside.clear();
    }
    refresh();
  });
  refresh();
}
