// A long list of boxes to tick is narrowed by what is typed above it.

export function start(root) {
  for (const filter of root.querySelectorAll("[data-filter]")) {
    const box = filter.querySelector("input");
    const list = root.getElementById(box.getAttribute("aria-controls"));
    if (!list) continue;
    filter.hidden = false;
    box.addEventListener("input", () => narrow(list, box.value));
    // Return here would send the whole form.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}

function narrow(list, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  for (const item of list.children) {
    const title = plain(item.textContent);
    const isTicked = item.querySelector("input").checked;
    item.hidden = !isTicked && !words.every((word) => title.includes(word));
  }
}

function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
