/* [aria-keyshortcuts="Alt+M"]: these keys press a button, a link or a file field, and put the cursor
   into any other field. Where several have the same keys, each stroke goes on to the next of them and
   Enter presses it. The keys are shown beside the words: the attribute alone is only heard. */

const PRESSED = "a, button, summary, input[type=file]";

function ofKeys(keys) {
  return [...document.querySelectorAll(`[aria-keyshortcuts="${keys}"]`)].filter(
    (one) => !one.closest("[hidden]") && !one.disabled,
  );
}

/* A field says it at its label, one of several at their heading, a folded one at the fold. */
function wordsOf(one) {
  if (one.matches("[type=checkbox]")) return one.closest("fieldset").querySelector("legend");
  if (one.matches("[data-one-of]")) return one.closest("section").querySelector("h2");
  const fold = one.closest("details");
  return (fold && fold.querySelector("summary")) || one.labels?.[0] || one;
}

function show() {
  for (const one of document.querySelectorAll("[aria-keyshortcuts]")) {
    wordsOf(one).dataset.shortcut = one
      .getAttribute("aria-keyshortcuts")
      .replace("Control", "Ctrl")
      .replace("ArrowUp", "↑")
      .replace("ArrowDown", "↓");
  }
}

document.addEventListener("keydown", (event) => {
  /* The place of the key, not its letter: an input method may keep the letter to itself. */
  const sign = /^(?:Key|Digit)([A-Z1-9])$/.exec(event.code)?.[1];
  if (!sign || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.isComposing || event.repeat) return;
  const all = ofKeys(`Alt+${sign}`);
  if (!all.length) return;
  event.preventDefault();
  const one = all[(all.indexOf(document.activeElement) + 1) % all.length];
  const fold = one.closest("details");
  if (fold && !one.matches("summary")) fold.open = true;
  one.focus();
  if (all.length === 1 && one.matches(PRESSED)) one.click();
});

show();
for (const happening of ["htmx:afterSwap", "record:items"]) document.addEventListener(happening, show);
