/* [data-attachments]: each file is made smaller, sent by itself with its progress, and becomes a row
   of the form. Files are chosen, dropped, pasted or photographed; rows are moved by buttons or
   dragged. What has not arrived holds the form back, so that nothing is left behind unnoticed. */

const LONGEST_SIDE = 2000; // pixels; enough to read a sign-in sheet
const SMALL_ENOUGH = 1024 * 1024; // bytes
const SHRINKS = ["image/jpeg", "image/png", "image/webp"];

for (const frame of document.querySelectorAll("[data-attachments]")) {
  const form = frame.closest("form");
  const rows = frame.querySelector("[data-rows]");
  const template = frame.querySelector("template");
  const status = frame.querySelector("[data-status]");
  const words = frame.dataset;
  const unsent = new Set();
  let turn = Promise.resolve(); // one after the other: the order chosen stays
  let pressed = null; // the button that will be pressed again once everything is there

  /* A photo of a telephone is ten times what is needed. What no canvas can read goes as it is. */
  async function shrink(file) {
    if (!SHRINKS.includes(file.type)) return file;
    try {
      const bitmap = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
      if (scale === 1 && file.size <= SMALL_ENOUGH) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!small || small.size >= file.size) return file;
      return new File([small], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: small.type });
    } catch {
      return file;
    }
  }

  /* The answer's row as HTML; an Error carries what to say. */
  function send(file, onProgress) {
    return new Promise((done, fail) => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("entry_key", form.elements.entry_key.value);
      if (words.activity) body.append("activity", words.activity);
      body.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", words.url);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      });
      request.addEventListener("error", () => fail(new Error(words.offline)));
      request.addEventListener("load", () => {
        const isElsewhere = new URL(request.responseURL).pathname !== words.url;
        if (isElsewhere) fail(new Error(words.loggedOut));
        else if (request.status === 200) done(request.responseText);
        else if (request.status === 422) fail(new Error(request.responseText));
        else fail(new Error(request.status === 413 ? words.tooLarge : words.failed));
      });
      request.send(body);
    });
  }

  function add(file) {
    const row = template.content.firstElementChild.cloneNode(true);
    const state = row.querySelector("[data-state]");
    const bar = row.querySelector("progress");
    const retry = row.querySelector("[data-retry]");
    row.querySelector("[data-name]").textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    unsent.add(row);
    rows.append(row);

    function queue() {
      row.classList.remove("attachment-failed");
      retry.hidden = true;
      bar.hidden = false;
      bar.value = 0;
      state.textContent = words.waiting;
      turn = turn.then(upload);
    }

    async function upload() {
      if (!row.isConnected) return;
      state.textContent = words.sending;
      try {
        const small = await shrink(file);
        if (small.size > Number(words.largest)) throw new Error(words.tooLarge);
        const html = await send(small, (part) => {
          bar.value = part;
          if (part === 1) state.textContent = words.checking;
        });
        if (row.isConnected) arrived(html);
      } catch (refusal) {
        row.classList.add("attachment-failed");
        state.textContent = refusal.message;
        const isNamed = refusal.message.includes(file.name);
        status.textContent = isNamed ? refusal.message : `${file.name} · ${refusal.message}`;
        bar.hidden = true;
        retry.hidden = false;
      }
      goOn();
    }

    /* The same picture chosen twice is one row. */
    function arrived(html) {
      unsent.delete(row);
      const piece = document.createElement("template");
      piece.innerHTML = html;
      const stored = piece.content.firstElementChild;
      const twin = rows.querySelector(`[data-attachment="${stored.dataset.attachment}"]`);
      if (twin) row.remove();
      else row.replaceWith(stored);
      ready(stored);
    }

    retry.addEventListener("click", queue);
    row.querySelector("[data-discard]").addEventListener("click", () => {
      unsent.delete(row);
      row.remove();
      document.getElementById("id_files").focus();
      goOn();
    });
    queue();
  }

  const addAll = (files) => [...files].forEach(add);
  const hasFailed = () => [...unsent].some((row) => row.classList.contains("attachment-failed"));

  /* Press the button again that waited for the files; a failed one has to be dealt with first. */
  function goOn() {
    if (!pressed) return;
    if (hasFailed()) {
      pressed = null;
      status.textContent = words.unsent;
    } else if (unsent.size === 0) {
      const button = pressed;
      pressed = null;
      form.requestSubmit(button);
    }
  }

  form.addEventListener("submit", (event) => {
    if (unsent.size === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (hasFailed()) {
      status.textContent = words.unsent;
      rows.querySelector(".attachment-failed [data-retry]").focus();
    } else {
      pressed = event.submitter;
      status.textContent = words.hold;
    }
  }, true);

  for (const field of frame.querySelectorAll("input[type=file]")) {
    field.addEventListener("change", () => {
      addAll(field.files);
      field.value = "";
    });
  }

  /* A copy from Word or Excel brings a picture of its text along: there the text is meant. */
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes("text/plain")) return;
    event.preventDefault();
    addAll(files);
    rows.lastElementChild.scrollIntoView({ block: "nearest" });
  });

  /* Dropped anywhere on the form: beside the frame, the browser would leave the page for the file. */
  let dragged = null;
  const holdsFiles = (event) => event.dataTransfer.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (dragged) {
      const over = event.target.closest?.("[data-attachment]");
      if (over && over !== dragged && over.parentElement === rows) {
        const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
        over[event.clientY < middle ? "before" : "after"](dragged);
      }
    } else if (!holdsFiles(event)) {
      return;
    }
    event.preventDefault();
    frame.classList.toggle("is-dropping", !dragged);
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) frame.classList.remove("is-dropping");
  });
  form.addEventListener("drop", (event) => {
    frame.classList.remove("is-dropping");
    if (dragged || !holdsFiles(event)) return;
    event.preventDefault();
    addAll(event.dataTransfer.files);
  });

  rows.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".attachment-picture")) return;
    dragged = event.target.closest("[data-attachment]");
    event.dataTransfer.effectAllowed = "move";
  });
  rows.addEventListener("dragend", () => {
    dragged = null;
  });
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("[data-attachment]");
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
  });

  function ready(scope) {
    for (const part of scope.querySelectorAll("[data-with-script]")) part.hidden = false;
    const picture = scope.querySelector(".attachment-picture");
    if (picture?.firstElementChild) picture.firstElementChild.setAttribute("draggable", "false");
    picture?.setAttribute("draggable", "true");
  }
  ready(frame.querySelector("[data-drop]"));
  [...rows.children].forEach(ready);
}
