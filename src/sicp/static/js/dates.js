// The calendar of the browser beside a day typed as jj/mm/aaaa.

const TYPED = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/;

export function start(root) {
  for (const control of root.querySelectorAll("[data-date]")) prepare(control);
}

export function prepare(control) {
  const picker = control.querySelector("[data-date-picker]");
  const native = picker?.querySelector("input[type='date']");
  if (!native || typeof native.showPicker !== "function") return;
  const typed = control.querySelector("input[type='text']");
  picker.hidden = false;
  picker.querySelector("button").addEventListener("click", () => {
    native.value = toNative(typed.value);
    native.showPicker();
  });
  native.addEventListener("change", () => {
    if (!native.value) return;
    typed.value = native.value.split("-").reverse().join("/");
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    typed.dispatchEvent(new Event("change", { bubbles: true }));
    typed.focus();
  });
}

function toNative(text) {
  const found = TYPED.exec(text.trim());
  if (!found) return "";
  const [, day, month, year] = found;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
