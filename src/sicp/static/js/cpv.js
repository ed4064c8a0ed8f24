// A code of a nomenclature searched by word, over a JSON address that answers
// {"results": [{"value": …, "title": …}]}. Typing the code works without it.

import { makeCombobox } from "./combobox.js";

export function start(root) {
  for (const control of root.querySelectorAll("[data-cpv-url]")) prepare(control);
}

export function prepare(control) {
  const input = control.querySelector("input");
  const title = control.querySelector("[data-combobox-title]");
  makeCombobox(control, input, {
    url(text) {
      const url = new URL(control.dataset.cpvUrl, window.location.href);
      url.searchParams.set("q", text);
      return url;
    },
    typing() {
      title.textContent = "";
    },
    fill(item, result) {
      const code = document.createElement("span");
      code.className = "combobox-code";
      code.textContent = result.value;
      item.append(code, result.title);
    },
    choose(result) {
      input.value = result.value;
      title.textContent = result.title;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}
