/* What htmx needs under a strict content policy: the CSRF header, and a word when a request fails. */

const token = document.querySelector('meta[name="csrf-token"]')?.content;
const status = document.getElementById("live-status");

document.addEventListener("htmx:configRequest", (event) => {
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  if (status) status.textContent = "";
});

document.addEventListener("htmx:sendError", () => {
  if (status) status.textContent = status.dataset.offline;
});

document.addEventListener("htmx:responseError", () => {
  if (status) status.textContent = status.dataset.refused;
});
