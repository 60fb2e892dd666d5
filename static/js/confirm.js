/* <form data-confirm="…"> or <button data-confirm="…">: ask before the form is sent. */

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
