// An ARIA combobox over a JSON address that answers {"results": […]}. What it shows of a
// result, and what choosing one does, is told by who makes it. The input works without it.

const DELAY = 180;
const SHORTEST = 2;
let serial = 0;

// `tools`: url(text), fill(item, result), choose(result), and perhaps typing(). The
// control bears `data-text-none` and `data-text-count`, what a screen reader is told.
export function makeCombobox(control, input, tools) {
  const list = makeList();
  const box = { control, input, tools, list, results: [], active: -1, timer: 0 };
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
  box.tools.typing?.();
  box.timer = setTimeout(() => search(box), DELAY);
}

async function search(box) {
  const text = box.input.value.trim();
  if (text.length < SHORTEST) {
    close(box);
    return;
  }
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(box.tools.url(text), { headers });
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
  const label = box.input.labels?.[0]?.textContent.trim();
  box.list.setAttribute("aria-label", label ?? box.input.placeholder);
  box.input.setAttribute("aria-expanded", String(isOpen));
  box.input.removeAttribute("aria-activedescendant");
  const { textNone, textCount } = box.control.dataset;
  const said = results.length ? textCount.replace("{count}", results.length) : textNone;
  box.control.querySelector("[role='status']").textContent = said;
}

function option(box, result, index) {
  const item = document.createElement("li");
  item.id = `${box.list.id}-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  box.tools.fill(item, result);
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
  const before = box.active < 0 && step < 0 ? 0 : box.active;
  box.active = (before + step + items.length) % items.length;
  items.forEach((item, index) => {
    item.setAttribute("aria-selected", String(index === box.active));
  });
  items[box.active].scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", items[box.active].id);
}

function choose(box, index) {
  const result = box.results[index];
  close(box);
  box.tools.choose(result);
}

function close(box) {
  clearTimeout(box.timer);
  box.list.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}
