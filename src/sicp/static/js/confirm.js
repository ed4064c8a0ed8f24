// A form with a question asks it before it is sent.

export function start(root) {
  const dialog = root.querySelector("[data-confirm-dialog]");
  if (!dialog) return;
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-confirm]");
    if (!form || form.dataset.confirmed) return;
    event.preventDefault();
    ask(dialog, form, event.submitter);
  });
}

// What tells the server that the question was answered: it would ask it again.
function answered() {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "_confirmed";
  field.value = "yes";
  return field;
}

function ask(dialog, form, submitter) {
  dialog.querySelector("[data-confirm-question]").textContent = form.dataset.confirm;
  // The button says what will be done, as the one that was pressed.
  const word = submitter?.textContent.trim();
  if (word) dialog.querySelector("[value='yes']").textContent = word;
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.append(answered());
      form.requestSubmit(submitter ?? undefined);
    },
    { once: true },
  );
  dialog.showModal();
}
