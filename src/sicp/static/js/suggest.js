// What may complete a search while it is typed: things by their title, and questions.
// Return without choosing sends the form as it is.

import { makeCombobox } from "./combobox.js";

export function start(root) {
  for (const control of root.querySelectorAll("[data-suggest]")) prepare(control);
}

function prepare(control) {
  makeCombobox(control, control.querySelector("input"), {
    url(text) {
      const url = new URL(control.dataset.suggest, window.location.href);
      url.searchParams.set("q", text);
      return url;
    },
    fill(item, result) {
      const text = document.createElement("span");
      text.textContent = result.text;
      item.append(text);
      if (result.kind) item.append(kind(result.kind));
    },
    choose(result) {
      window.location.assign(result.url);
    },
  });
}

function kind(title) {
  const note = document.createElement("span");
  note.className = "combobox-kind";
  note.textContent = title;
  return note;
}
