// A folder is ordered by its buttons; with the mouse, a line may be dragged by its
// handle. The form of the line is posted in both cases: the server answers alike.

let dragged = null;

for (const list of document.querySelectorAll("[data-order]")) {
  for (const handle of list.querySelectorAll("[data-order-handle]")) {
    handle.hidden = false;
    handle.draggable = true;
  }
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-order-item]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.orderItem);
    event.dataTransfer.setDragImage(dragged, 0, 0);
  });
  list.addEventListener("dragover", (event) => {
    const line = lineAt(list, event);
    unmark();
    if (!line) return;
    event.preventDefault();
    line.classList.add(isBelow(line, event) ? "drop-after" : "drop-before");
  });
  list.addEventListener("drop", (event) => {
    const line = lineAt(list, event);
    if (!line) return;
    event.preventDefault();
    const following = line.nextElementSibling?.dataset.orderItem ?? list.dataset.orderNext;
    put(isBelow(line, event) ? following : line.dataset.orderItem);
  });
  list.addEventListener("dragend", () => {
    unmark();
    dragged = null;
  });
}

function lineAt(list, event) {
  const line = event.target.closest?.("[data-order-item]");
  return line && dragged && line !== dragged && list.contains(dragged) ? line : null;
}

function isBelow(line, event) {
  const box = line.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

function unmark() {
  for (const line of document.querySelectorAll(".drop-before, .drop-after")) {
    line.classList.remove("drop-before", "drop-after");
  }
}

function put(before) {
  if (before === dragged.dataset.orderItem) return;
  const form = dragged.querySelector("form");
  const field = form.querySelector("[data-order-before]");
  field.disabled = false;
  field.value = before;
  form.submit();
}
