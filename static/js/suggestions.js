/* form[data-suggestions]: what is usual for the chosen kinds, host and day is filled in as long as
   the person has not typed something else there. */

const form = document.querySelector("[data-suggestions]");
const ASKED = ["host", "kinds", "held_on", "holiday"];
const FILLED = ["title", "place", "chair", "recorder", "start_time", "end_time"];
let asking = null;

async function suggest() {
  asking?.abort();
  asking = new AbortController();
  const question = new URLSearchParams(
    [...new FormData(form)].filter(([name]) => ASKED.includes(name)),
  );
  let values;
  try {
    const answer = await fetch(`${form.dataset.suggestions}?${question}`, {
      signal: asking.signal,
    });
    if (!answer.ok) return;
    values = await answer.json();
  } catch {
    return; // a suggestion is a convenience: without the server there is none
  }
  for (const name of FILLED) {
    const field = form.elements[name];
    if (!field || (field.value && field.value !== field.dataset.suggested)) continue;
    if (values[name] === undefined && name !== "title") continue;
    field.value = values[name] ?? "";
    field.dataset.suggested = field.value;
  }
}

form?.addEventListener("change", (event) => {
  if (ASKED.includes(event.target.name)) suggest();
});
