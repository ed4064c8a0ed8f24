// The plan of a canevas, in place: each button posts as it would without scripts, and
// the answer replaces what is shown. The focus stays where the hand was, what was done
// is said aloud, and a node may be dragged by its handle.

let place = document.querySelector("[data-plan]");
const said = document.querySelector("[data-plan-said]");
let dragged = null;
let isBusy = false;

function say(text) {
  said.textContent = "";
  window.requestAnimationFrame(() => {
    said.textContent = text;
  });
}

function openedNodes() {
  return [...place.querySelectorAll(".plan-actions[open]")].map((item) => item.id);
}

function take(page, opened) {
  const fresh = page.querySelector("[data-plan]");
  if (!fresh) return false;
  place.replaceWith(fresh);
  place = fresh;
  // The title bears the state of the canevas.
  const head = page.querySelector(".page-title");
  if (head) document.querySelector(".page-title").replaceWith(head);
  for (const id of opened) {
    const item = document.getElementById(id);
    if (item) item.open = true;
  }
  prepare();
  return true;
}

function focusAgain(id, key) {
  const same = document.getElementById(id);
  const details = document.getElementById(`actions-${key}`);
  if (same) return same.focus();
  if (details) {
    details.open = true;
    const button = details.querySelector("button");
    return (button ?? details.querySelector("summary")).focus();
  }
  // What was removed leaves the focus to the title of the plan.
  return document.getElementById("plan").focus();
}

async function send(data, id, key) {
  if (isBusy) return;
  isBusy = true;
  place.setAttribute("aria-busy", "true");
  const opened = openedNodes();
  try {
    const answer = await fetch(place.dataset.url, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "same-origin",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("[data-flash] p, .plan-conflict h2");
    if (!take(page, opened)) {
      // Another page came (a refusal, the login): it is shown as it is.
      window.location.assign(place.dataset.url);
      return;
    }
    focusAgain(id, key);
    if (told) say(told.textContent);
    proveApart();
  } catch {
    window.location.reload();
  } finally {
    isBusy = false;
    place.removeAttribute("aria-busy");
  }
}

// A slow proof is asked for once the page is there.
async function proveApart() {
  if (place.dataset.isProved) return;
  const shown = place;
  const answer = await fetch(place.dataset.proofUrl, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const here = document.activeElement?.id;
  if (shown !== place || !answer.ok) return;
  if (take(page, openedNodes()) && here) document.getElementById(here)?.focus();
}

function submit(event) {
  const form = event.target;
  if (!form.matches("[data-plan-form], [data-plan] form")) return;
  const button = event.submitter;
  // A question is asked first: the form comes back once it is answered.
  if (form.dataset.confirm && !form.dataset.confirmed) return;
  if (!button || button.name !== "do") return;
  event.preventDefault();
  const data = [...new FormData(form), [button.name, button.value]];
  send(data, button.id, button.value.split(" ")[1] ?? "");
}

// Dragging ------------------------------------------------------------------------

function side(row, y) {
  const box = row.getBoundingClientRect();
  const part = (y - box.top) / box.height;
  const holds = ["part", "article"].includes(row.parentElement.dataset.kind);
  if (!holds) return part < 0.5 ? "before" : "after";
  if (part < 0.3) return "before";
  return part > 0.75 ? "after" : "into";
}

function unmark() {
  for (const row of place.querySelectorAll(".drop-before, .drop-after, .drop-into")) {
    row.classList.remove("drop-before", "drop-after", "drop-into");
  }
}

function rowAt(event) {
  const row = event.target.closest?.("[data-plan-row]");
  return row && dragged && !dragged.contains(row) ? row : null;
}

function prepareDragging() {
  for (const handle of place.querySelectorAll("[data-plan-handle]")) {
    handle.hidden = false;
    handle.draggable = true;
  }
  place.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-node]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.node);
    event.dataTransfer.setDragImage(dragged.querySelector("[data-plan-row]"), 10, 10);
    dragged.classList.add("is-dragged");
  });
  place.addEventListener("dragover", (event) => {
    const row = rowAt(event);
    unmark();
    if (!row) return;
    event.preventDefault();
    row.classList.add(`drop-${side(row, event.clientY)}`);
  });
  place.addEventListener("drop", (event) => {
    const row = rowAt(event);
    if (!row) return;
    event.preventDefault();
    const key = dragged.dataset.node;
    const data = [
      ...new FormData(document.getElementById("plan-form")),
      ["do", `place ${key}`],
      ["place", side(row, event.clientY)],
      ["target", row.parentElement.dataset.node],
    ];
    unmark();
    send(data, "", key);
  });
  place.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    unmark();
  });
}

function prepare() {
  prepareDragging();
  const help = place.querySelector("[data-plan-help]");
  if (help) help.hidden = false;
}

if (place) {
  document.addEventListener("submit", submit);
  prepare();
  proveApart();
}
