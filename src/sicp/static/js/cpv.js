// A code of a nomenclature searched by word: an ARIA combobox over a JSON address that
// answers {"results": [{"value": …, "title": …}]}. Typing the code works without it.

const DELAY = 180;
const SHORTEST = 2;
let serial = 0;

export function start(root) {
  for (const control of root.querySelectorAll("[data-cpv-url]")) prepare(control);
}

export function prepare(control) {
  const input = control.querySelector("input");
  const box = { control, input, list: makeList(), results: [], active: -1, timer: 0 };
  control.append(box.list, makeStatus());
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", box.list.id);
  input.addEventListener("input", () => wait(box));
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("blur", () => close(box));
  // A press on the list must not take the focus from the input.
  box.list.addEventListener("mousedown", (event) => event.preventDefault());
  box.list.addEventListener("click", (event) => {
    const item = event.target.closest("[role='option']");
    if (item) choose(box, [...box.list.children].indexOf(item));
  });
}

function makeList() {
  const list = document.createElement("ul");
  serial += 1;
  list.id = `combobox-list-${serial}`;
  list.className = "combobox-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  return list;
}

function makeStatus() {
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  return status;
}

function wait(box) {
  clearTimeout(box.timer);
  box.control.querySelector("[data-combobox-title]").textContent = "";
  box.timer = setTimeout(() => search(box), DELAY);
}

async function search(box) {
  const text = box.input.value.trim();
  if (text.length < SHORTEST) {
    close(box);
    return;
  }
  const url = new URL(box.control.dataset.cpvUrl, window.location.href);
  url.searchParams.set("q", text);
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const { results } = await answer.json();
    if (box.input.value.trim() === text) show(box, results);
  } catch {
    close(box);
  }
}

function show(box, results) {
  box.results = results;
  box.active = -1;
  box.list.replaceChildren(...results.map((result, index) => option(box, result, index)));
  const isOpen = results.length > 0 && document.activeElement === box.input;
  box.list.hidden = !isOpen;
  if (isOpen) box.list.scrollIntoView({ block: "nearest" });
  box.list.setAttribute("aria-label", box.input.labels?.[0]?.textContent.trim() ?? "CPV");
  box.input.setAttribute("aria-expanded", String(isOpen));
  box.input.removeAttribute("aria-activedescendant");
  const { textNone, textCount } = box.control.dataset;
  const said = results.length ? textCount.replace("{count}", results.length) : textNone;
  box.control.querySelector("[role='status']").textContent = said;
}

function option(box, result, index) {
  const item = document.createElement("li");
  const code = document.createElement("span");
  item.id = `${box.list.id}-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  code.className = "combobox-code";
  code.textContent = result.value;
  item.append(code, result.title);
  return item;
}

function onKey(box, event) {
  if (event.key === "Escape" && !box.list.hidden) {
    event.preventDefault();
    close(box);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (box.list.hidden) return;
    event.preventDefault();
    move(box, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !box.list.hidden && box.active >= 0) {
    event.preventDefault();
    choose(box, box.active);
  }
}

function move(box, step) {
  const items = [...box.list.children];
  box.active = (box.active + step + items.length) % items.length;
  items.forEach((item, index) => {
    item.setAttribute("aria-selected", String(index === box.active));
  });
  items[box.active].scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", items[box.active].id);
}

function choose(box, index) {
  const result = box.results[index];
  box.input.value = result.value;
  box.control.querySelector("[data-combobox-title]").textContent = result.title;
  close(box);
  box.input.dispatchEvent(new Event("change", { bubbles: true }));
}

function close(box) {
  clearTimeout(box.timer);
  box.list.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}
