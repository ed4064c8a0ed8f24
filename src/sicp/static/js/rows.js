// Rows are added and removed in a table the person fills.

import { prepare as prepareDate } from "./dates.js";
import { prepare as prepareCpv } from "./cpv.js";

const MARK = /__row__/g;

export function start(root) {
  for (const rows of root.querySelectorAll("[data-rows]")) prepare(rows);
}

function prepare(rows) {
  const body = rows.querySelector("[data-rows-body]");
  const add = rows.querySelector("[data-rows-add]");
  rows.dataset.next = body.rows.length;
  dropSpareRows(body);
  for (const row of body.rows) showRemove(row);
  add.hidden = false;
  add.addEventListener("click", () => addRow(rows, body));
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-remove]");
    if (button) removeRow(rows, body, button.closest("[data-row]"));
  });
  refresh(rows, body);
}

// One blank row is enough where a button adds others.
function dropSpareRows(body) {
  const spares = [...body.querySelectorAll(".is-spare")];
  const kept = spares.length === body.rows.length ? 1 : 0;
  for (const row of spares.slice(kept)) row.remove();
}

function addRow(rows, body) {
  const pattern = rows.querySelector("[data-rows-pattern]");
  const number = Number(rows.dataset.next);
  const holder = document.createElement("tbody");
  holder.innerHTML = pattern.innerHTML.replace(MARK, String(number));
  const row = holder.firstElementChild;
  rows.dataset.next = number + 1;
  body.append(row);
  showRemove(row);
  row.querySelectorAll("[data-date]").forEach(prepareDate);
  row.querySelectorAll("[data-cpv-url]").forEach(prepareCpv);
  refresh(rows, body);
  firstControl(row)?.focus();
  announce(rows);
}

function removeRow(rows, body, row) {
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  refresh(rows, body);
  const target = near ? near.querySelector("[data-row-remove]") : null;
  (target ?? rows.querySelector("[data-rows-add]")).focus();
  announce(rows);
}

function refresh(rows, body) {
  [...body.rows].forEach((row, index) => {
    for (const number of row.querySelectorAll("[data-row-number]")) {
      number.textContent = String(index + 1);
    }
    for (const control of row.querySelectorAll("[aria-label]")) {
      const label = control.getAttribute("aria-label");
      control.setAttribute("aria-label", label.replace(/\d+$/, String(index + 1)));
    }
  });
  const isFull = body.rows.length >= Number(rows.dataset.maximum);
  rows.querySelector("[data-rows-add]").disabled = isFull;
  rows.querySelector("[data-rows-full]").hidden = !isFull;
}

function showRemove(row) {
  row.querySelector("[data-row-remove]").hidden = false;
}

function firstControl(row) {
  return row.querySelector("input:not([type='hidden']), select, textarea");
}

function announce(rows) {
  rows.dispatchEvent(new Event("change", { bubbles: true }));
}
