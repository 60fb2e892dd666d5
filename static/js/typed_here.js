/* What was typed and has not reached the server, in this browser: typed:USER:FORM → {at, fields}.
   On every page, because it has to go with its user: a computer may be shared. */

const PREFIX = "typed:";
const SUBMITTED = "typed-submitted";

const nameOf = (user, form) => `${PREFIX}${user}:${form}`;

/* [form, {at, fields}] of all that is here of the user, the latest first. */
function allOf(user) {
  const found = [];
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(nameOf(user, ""))) continue;
    try {
      found.push([name.slice(nameOf(user, "").length), JSON.parse(localStorage.getItem(name))]);
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found.sort((one, other) => other[1].at - one[1].at);
}

const submitting = (name) => sessionStorage.setItem(SUBMITTED, name);

/* A form that was sent and led to the page of its record has been saved. */
const submitted = sessionStorage.getItem(SUBMITTED);
sessionStorage.removeItem(SUBMITTED);
const isRecord = /^\/activities\/\d+\/(check\/)?$/.test(location.pathname);
if (submitted && isRecord && /\/(new|edit)\/(\?|$)/.test(document.referrer)) {
  localStorage.removeItem(submitted);
}

for (const form of document.querySelectorAll("[data-log-out]")) {
  form.addEventListener("submit", () => {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX)) localStorage.removeItem(name);
    }
  });
}

/* Scripts are served under names with a hash, so they cannot import each other. */
window.typedHere = { allOf, nameOf, submitting };
