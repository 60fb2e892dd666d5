/* [data-typed-here]: offers back what was typed on this computer, and keeps what is typed into the
   form of a record: on the server every few seconds, in this browser while that fails. */

const { allOf, nameOf, submitting } = window.typedHere; // typed_here.js runs first, on every page

const EVERY = 2500; // ms; as long again for a slow answer, and it is kept within five seconds
const LEFT_OUT = ["csrfmiddlewaretoken", "action"];

for (const frame of document.querySelectorAll("[data-typed-here]")) {
  const { user, url, activity } = frame.dataset;
  const form = url ? document.querySelector("form[data-record]") : null;
  const own = activity ?? form?.elements.entry_key.value;
  for (const [name, kept] of allOf(user)) {
    const isOfPage = !form || (activity ? name === activity : !/^\d+$/.test(name));
    const isShown = "posted" in frame.dataset && name === own;
    if (isOfPage && !isShown) offer(frame, name, kept);
  }
  if (form) keep(form, frame, own);
}

function offer(frame, name, kept) {
  const notice = frame.querySelector("template").content.firstElementChild.cloneNode(true);
  const form = notice.querySelector("form");
  const isNew = !/^\d+$/.test(name);
  form.action = isNew ? frame.dataset.new : `/activities/${name}/edit/`;
  for (const [field, value] of kept.fields) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = field;
    hidden.value = value;
    form.append(hidden);
  }
  const title = kept.fields.find(([field]) => field === "title");
  notice.querySelector("[data-title]").textContent = title?.[1] ?? "";
  notice.querySelector("[data-when]").textContent = new Date(kept.at).toLocaleString(
    document.documentElement.lang,
  );
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(nameOf(frame.dataset.user, name));
    notice.remove();
  });
  notice.dataset.kept = name;
  /* The server has an earlier state of the same form: the later one is enough to choose from. */
  const earlier = document.querySelector(`[data-kept="${name}"][data-at]`);
  if (earlier && Number(earlier.dataset.at) * 1000 < kept.at) earlier.remove();
  frame.before(notice);
}

function keep(form, frame, own) {
  const words = frame.dataset;
  const line = frame.querySelector("[data-kept-line]");
  const here = nameOf(words.user, own);
  let isTouched = "unsaved" in words;
  let isComposing = false;
  let isLeaving = false;
  let timer = null;
  let running = null;

  const fields = () =>
    [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !LEFT_OUT.includes(name),
    );
  const written = () => new URLSearchParams(fields()).toString();
  let last = "unsaved" in words ? "" : written();
  /* A text of the same form waits for a decision: it must not be written over. */
  const mustChoose = () => document.querySelector(`[data-kept="${own}"]`) !== null;

  function say(word) {
    const time = new Date().toLocaleTimeString(words.lang, { hour: "2-digit", minute: "2-digit" });
    line.textContent = word.replace("{time}", time);
  }

  function keepHere() {
    try {
      localStorage.setItem(here, JSON.stringify({ at: Date.now(), fields: fields() }));
      say(words.wordHere);
    } catch {
      say(words.wordNowhere); // no room, or forbidden in this browser
    }
  }

  async function send() {
    clearTimeout(timer);
    timer = null;
    if (isLeaving || !isTouched) return;
    if (isComposing || running) return later();
    const body = written();
    if (body === last) return;
    if (mustChoose()) return say(words.wordChoose);
    running = new AbortController();
    try {
      const answer = await fetch(words.url, {
        method: "POST",
        body: words.activity ? `${body}&activity=${words.activity}` : body,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        },
        redirect: "manual", // to the login page: nothing was kept
        keepalive: body.length < 60_000,
        signal: running.signal,
      });
      if (answer.status !== 204) throw new Error(answer.statusText);
      last = body;
      localStorage.removeItem(here);
      say(words.wordServer);
    } catch {
      if (!isLeaving) {
        keepHere();
        later();
      }
    } finally {
      running = null;
    }
  }

  function touched() {
    isTouched = true;
    later();
  }

  function later() {
    timer ??= setTimeout(send, EVERY);
  }

  form.addEventListener("compositionstart", () => {
    isComposing = true;
  });
  form.addEventListener("compositionend", () => {
    isComposing = false;
    touched();
  });
  for (const happening of ["input", "change", "click"]) form.addEventListener(happening, touched);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
  addEventListener("pagehide", send);
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    /* Sent but perhaps never answered: the browser keeps it until the record's page is seen. */
    if (isTouched && written() !== last && !mustChoose()) keepHere();
    submitting(here);
    isLeaving = true;
    running?.abort();
  });
  if ("unsaved" in words) send();
}
