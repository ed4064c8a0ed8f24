// Arrows go from row to row in a list of objects; the space bar ticks the row.

export function start(root) {
  for (const table of root.querySelectorAll("[data-table] .table-list")) {
    table.addEventListener("keydown", (event) => onKey(table, event));
  }
}

function onKey(table, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest("tbody tr");
  if (!row) return;
  const rows = [...table.tBodies[0].rows];
  const index = rows.indexOf(row);
  const target = {
    ArrowDown: rows[index + 1],
    ArrowUp: rows[index - 1],
    Home: rows[0],
    End: rows[rows.length - 1],
  }[event.key];
  if (!target) return;
  event.preventDefault();
  sameControl(row, target, event.target)?.focus();
}

function sameControl(row, target, control) {
  const selector = "a[href], input, button";
  const rank = [...row.querySelectorAll(selector)].indexOf(control);
  const controls = [...target.querySelectorAll(selector)];
  return controls[rank] ?? controls[0];
}
