// A form: fields that do not apply are hidden, errors are brought to the eye, leaving
// with unsaved work warns, and texts grow with what is written.

import { holds } from "./conditions.js";
import { startAutosave } from "./autosave.js";

export function start(root) {
  for (const form of root.querySelectorAll("[data-form]")) prepare(form);
}

function prepare(form) {
  focusSummary(form);
  applyConditions(form);
  form.addEventListener("input", () => applyConditions(form));
  form.addEventListener("change", () => applyConditions(form));
  for (const text of form.querySelectorAll("[data-grows]")) grow(text);
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-grows]")) grow(event.target);
  });
  const work = watchWork(form);
  if (form.dataset.autosaveUrl) startAutosave(form, work);
}

function focusSummary(form) {
  const summary = form.querySelector("[data-error-summary]");
  if (!summary) return;
  document.title = `${form.dataset.textErrorTitle} · ${document.title}`;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) focusField(event, link);
  });
}

function focusField(event, link) {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const inner = "input:not([type='hidden']), select, textarea, button:not([hidden])";
  const control = target.matches(inner) ? target : target.querySelector(inner);
  target.scrollIntoView({ block: "center" });
  (control ?? target).focus({ preventScroll: true });
}

// Conditions ---------------------------------------------------------------------

function applyConditions(form) {
  const known = JSON.parse(form.dataset.answers ?? "{}");
  for (const item of form.querySelectorAll("[data-applies-when]")) {
    const isShown = applies(form, item, known, 0);
    // What is to be corrected is never hidden.
    item.hidden = !isShown && !item.classList.contains("has-error");
  }
}

function applies(form, item, known, depth) {
  // A field whose own condition is false counts as empty; ten levels are more than
  // any form has and stop a circle.
  if (!item.dataset.appliesWhen || depth > 10) return true;
  const answer = (name) => answerOf(form, name, known, depth + 1);
  return holds(JSON.parse(item.dataset.appliesWhen), answer);
}

function answerOf(form, name, known, depth) {
  const [field, column] = name.split(".");
  const item = form.querySelector(`.field[data-field="${CSS.escape(field)}"]`);
  if (!item) return known[name] ?? known[field] ?? null;
  if (!applies(form, item, known, depth)) return null;
  if (item.dataset.kind === "rows") return rowsOf(item, column);
  return valueOf(item);
}

function rowsOf(item, column) {
  const place = column ? `[data-field="${CSS.escape(column)}"]` : ".cell";
  const cells = [...item.querySelectorAll(`tbody ${place}`)];
  return cells.map((cell) => valueOf(cell)).filter((value) => value !== null);
}

function valueOf(item) {
  const ticked = [...item.querySelectorAll("input:checked")].map((box) => box.value);
  if (item.dataset.kind === "choices") return ticked;
  if (item.querySelector("input[type='radio']")) return ticked[0] || null;
  const texts = [...item.querySelectorAll(".input")].map((input) => input.value.trim());
  return texts.join(" ").trim() || null;
}

// Unsaved work -------------------------------------------------------------------

function watchWork(form) {
  const work = { isUnsaved: Boolean(form.querySelector("[data-error-summary]")) };
  const touch = (event) => {
    if (event.isTrusted !== false || event.target.closest("[data-rows]")) {
      work.isUnsaved = true;
    }
  };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", () => {
    work.isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.dataset.warnsUnsaved && work.isUnsaved) event.preventDefault();
  });
  return work;
}

// Older browsers do not size a field by its content.
function grow(text) {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}
