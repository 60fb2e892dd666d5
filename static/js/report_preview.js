/* #report-preview: the list of open places stays open when a new preview is swapped in. */

const preview = document.getElementById("report-preview");
let isOpen = false;

preview?.addEventListener("htmx:beforeSwap", () => {
  isOpen = Boolean(preview.querySelector("details.places")?.open);
});

preview?.addEventListener("htmx:afterSwap", () => {
  const places = preview.querySelector("details.places");
  if (places) places.open = isOpen;
});
