// Unsaved answers are posted while the person thinks. The server answers
// {"saved_at": "14 h 02", "errors": [{"target": id, "message": text}]}.

const IDLE = 20000;

export function startAutosave(form, work) {
  const delay = Number(form.dataset.autosaveDelay) || IDLE;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form, work), delay);
  };
  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  form.addEventListener("submit", () => clearTimeout(timer));
}

async function save(form, work) {
  if (!work.isUnsaved) return;
  work.isUnsaved = false;
  say(form, form.dataset.textSaving);
  try {
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      fail(form, work, form.dataset.textOffline);
      return;
    }
    const told = await answer.json();
    if (!told.saved_at) work.isUnsaved = true;
    report(form, told);
  } catch {
    fail(form, work, form.dataset.textFailed);
  }
}

function report(form, told) {
  const errors = told.errors ?? [];
  // The next save is compared with what was just saved.
  if (told.revision) form.elements.revision.value = told.revision;
  if (told.base) form.elements.base.value = told.base;
  for (const slot of form.querySelectorAll("[data-error-slot]")) clear(form, slot);
  for (const error of errors) mark(form, error);
  const parts = [];
  if (told.saved_at) parts.push(form.dataset.textSaved.replace("{time}", told.saved_at));
  if (told.message) parts.push(told.message);
  if (errors.length) {
    parts.push(form.dataset.textToCorrect.replace("{count}", errors.length));
  }
  say(form, parts.join(" · "), !told.saved_at);
}

function clear(form, slot) {
  slot.hidden = true;
  slot.closest(".field").classList.remove("has-error");
  slot.closest(".field").querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
}

function mark(form, error) {
  const slot = document.getElementById(`${error.target}-error`);
  if (!slot?.matches("[data-error-slot]")) return;
  slot.querySelector("[data-error-text]").textContent = error.message;
  slot.hidden = false;
  slot.closest(".field").classList.add("has-error");
  document.getElementById(error.target)?.matches(".input") &&
    document.getElementById(error.target).setAttribute("aria-invalid", "true");
}

function fail(form, work, text) {
  work.isUnsaved = true;
  say(form, text, true);
}

function say(form, text, isFailing = false) {
  const status = form.querySelector("[data-form-status]");
  status.textContent = text;
  status.classList.toggle("is-failing", isFailing);
}
