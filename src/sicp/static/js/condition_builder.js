// Rearranges the rows of a condition in place. The server draws them: the same answer
// that a page without scripts would show is asked, and only the control is taken.

const CHANGED = "sicp:condition-changed";

// What each control waits for: the answer of its latest request alone is shown.
const waiting = new WeakMap();

function positionOf(control, element) {
  const row = element.closest("[data-condition-row]");
  return {
    rank: [...control.querySelectorAll("[data-condition-row]")].indexOf(row),
    id: element.id,
    name: element.name,
    value: element.value,
  };
}

function focusAgain(control, place) {
  const same = place.id && document.getElementById(place.id);
  const rows = [...control.querySelectorAll("[data-condition-row]")];
  const row = rows[Math.min(place.rank, rows.length - 1)];
  const last = rows[rows.length - 1];
  let target = same;
  if (place.value === "add-test" || place.value === "add-group") {
    const empty = [...control.querySelectorAll("select[name=field]")].filter((item) => !item.value);
    target = empty[empty.length - 1] || last;
  } else if (!same && row) {
    target = row.querySelector("select, input:not([type=hidden]), button");
  }
  (target || control).focus();
}

function ask(control, submitter) {
  const isAct = submitter.matches("button");
  // An act asked already takes with it what is typed meanwhile; one that comes after a
  // mere refresh, as when a value is left for a button, is asked with that value.
  if (waiting.get(control)?.isAct) return;
  redraw(control, submitter, { isAct });
}

async function redraw(control, submitter, mine) {
  const form = control.closest("form");
  const place = positionOf(control, submitter);
  const data = new FormData(form);
  const sent = new URLSearchParams();
  const row = submitter.closest("[data-condition-row]");
  // The button's name stands in its row, where the server reads it.
  const mark = document.createElement("input");
  mark.type = "hidden";
  mark.name = "do";
  mark.value = submitter.matches("button") ? submitter.value : "refresh";
  row.insertBefore(mark, row.lastElementChild);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") {
      sent.append(name, value);
    }
  }
  mark.remove();
  if (!data.has("csrf_token")) {
    return;
  }
  control.setAttribute("aria-busy", "true");
  waiting.set(control, mine);
  const asked = stateOf(control);
  const answer = await fetch(form.action || window.location.href, {
    method: "POST",
    body: sent,
    credentials: "same-origin",
  }).catch(() => null);
  const text = answer ? await answer.text() : "";
  if (waiting.get(control) !== mine) return;
  if (!answer) {
    // Nobody answered: what was typed stays, and the act may be asked again.
    waiting.delete(control);
    control.removeAttribute("aria-busy");
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById(control.id);
  if (!fresh) {
    waiting.delete(control);
    control.removeAttribute("aria-busy");
    form.requestSubmit(submitter.matches("button") ? submitter : undefined);
    return;
  }
  // What was typed while the answer came is newer than the answer.
  if (stateOf(control) !== asked) {
    redraw(control, submitter, mine);
    return;
  }
  const active = document.activeElement;
  const isHere = control.contains(active);
  const last = isHere && active !== submitter ? positionOf(control, active) : place;
  control.replaceWith(fresh);
  prepare(fresh);
  if (isHere || active === document.body) focusAgain(fresh, last);
  form.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true }));
}

function stateOf(control) {
  const inputs = [...control.querySelectorAll("select, input:not([name=do])")];
  return inputs.map((item) => `${item.value}/${item.checked}`).join("|");
}

function prepare(control) {
  control.classList.add("is-live");
  control.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (button) {
      event.preventDefault();
      ask(control, button);
    }
  });
  control.addEventListener("change", (event) => {
    if (event.target.matches("[data-condition-refresh], [data-condition-value]")) {
      ask(control, event.target);
    }
  });
}

for (const control of document.querySelectorAll("[data-condition]")) {
  prepare(control);
}
