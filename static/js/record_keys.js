/* [data-record]: Ctrl+S saves, Ctrl+Enter hands in, on the form and on the check that follows it. Not
   while an input method is composing. */

const form = document.querySelector("[data-record]");

document.addEventListener("keydown", (event) => {
  if (!form || event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const action = { s: "save", enter: "submit" }[event.key.toLowerCase()]; // Caps Lock: S
  const button = action && form.querySelector(`button[name=action][value=${action}]:not([tabindex])`);
  if (!button) return;
  event.preventDefault();
  if (!event.repeat) form.requestSubmit(button);
});
