// « / » brings to the search box, unless the person is writing.

const WRITING = "input, textarea, select, [contenteditable='true']";

export function start(root) {
  const box = root.querySelector("[data-search]");
  root.addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== "/" || hasModifier || event.target.closest(WRITING)) return;
    event.preventDefault();
    showMenuAround(root, box);
    box.focus();
    box.select();
  });
}

function showMenuAround(root, box) {
  if (box.offsetParent === null) root.querySelector("[data-menu-button]")?.click();
}
