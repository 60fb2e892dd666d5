/* <button hidden data-copy="ID" data-copied="word">: copies the text of that field and says so.
   The site may run on plain HTTP, where the asynchronous clipboard does not exist. */

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", () => {
    field.focus();
    field.select();
    if (document.execCommand("copy")) {
      document.getElementById("live-status").textContent = button.dataset.copied;
      button.textContent = button.dataset.copied;
    }
  });
}
