// The text of a clause in the editor: words, lists, tables, and chips for what documents
// fill in.

import { addHeading, element, filter, openEditor } from "./rich_editor.js";

const PLURALS = ["one", "many"];
const LISTS = new Set(["in", "not_in"]);
const KINDS = ["field", "reference", "fragment", "plural"];
const BLOCKS = "subheading | bullist numlist table";

function start() {
  if (!window.tinymce) return;
  for (const place of document.querySelectorAll("[data-rich-text][data-html]")) {
    const fold = place.closest("details:not([open])");
    // A page may hold hundreds of texts: one that is folded waits until it is seen.
    if (fold) fold.addEventListener("toggle", () => open(place), { once: true });
    else open(place);
  }
}

function open(place) {
  const tools = document.getElementById(place.dataset.tools);
  const isOneLine = "oneLine" in place.dataset;
  // A page offers what it has a dialog for: a text without clauses refers to none.
  const kinds = KINDS.filter((kind) => dialogOf(kind)).join(" ");
  openEditor(place, {
    kept: /^(class|title|scope|contenteditable|data-[a-z]+)$/,
    settings: {
      toolbar: `undo redo | bold italic ${isOneLine ? "" : BLOCKS} | ${kinds}`,
      valid_elements:
        "p,strong/b,em/i,ul,ol,li,h3/h1/h2/h4/h5/h6,br,table[data-rows],thead,tbody,tr,th[scope],td," +
        "span[class|contenteditable|title|data-variable|data-format|data-plural|data-one|data-many|" +
        "data-reference|data-fallback|data-text|data-field|data-operator|data-value]",
    },
    prepare: (editor, caret) => prepare(editor, tools, caret),
  });
}

function prepare(editor, tools, caret) {
  const text = tools.dataset;
  addHeading(editor, "subheading", text.textHeading, "h3");
  for (const kind of KINDS) {
    const name = `text${kind[0].toUpperCase()}${kind.slice(1)}`;
    editor.ui.registry.addButton(kind, {
      text: text[name],
      onAction: () => ask(editor, kind, tools, caret.place()),
    });
  }
}

// The questions of the buttons -------------------------------------------------------

function ask(editor, kind, tools, place) {
  const dialog = dialogOf(kind);
  const part = (name) => dialog.querySelector(`[data-rich-${name}]`);
  dialog.querySelector("form").reset();
  if (!dialog.dataset.ready) ready(dialog, kind, tools, part);
  part("name").selectedIndex = -1;
  show(part, kind, tools);
  dialog.onclose = () => {
    editor.focus();
    editor.selection.setRng(place);
    if (dialog.returnValue === "insert") insert(editor, kind, part, tools);
    dialog.returnValue = "";
  };
  dialog.showModal();
}

function dialogOf(kind) {
  return document.querySelector(`[data-rich-dialog="${kind}"]`);
}

function ready(dialog, kind, tools, part) {
  dialog.dataset.ready = "yes";
  const names = part("name");
  part("search")?.addEventListener("input", (event) => filter(names, event.target.value));
  names.addEventListener("change", () => show(part, kind, tools));
  names.addEventListener("dblclick", () => {
    if (kind !== "fragment" && names.value) dialog.querySelector("[value='insert']").click();
  });
  part("operator")?.addEventListener("change", () => showValue(part, tools));
}

function show(part, kind, tools) {
  const name = part("name").value;
  if (kind === "field") {
    const formats = JSON.parse(tools.dataset.formats)[name] ?? [];
    fill(part("format"), [["", tools.dataset.textDefaultFormat], ...formats]);
  }
  if (kind === "fragment") {
    const test = JSON.parse(tools.dataset.tests)[name];
    fill(part("operator"), test ? test.operators.map(([value, title]) => [value, title]) : []);
    showValue(part, tools);
  }
}

function showValue(part, tools) {
  const test = JSON.parse(tools.dataset.tests)[part("name").value];
  const operator = test?.operators.find(([value]) => value === part("operator").value);
  part("value-place").hidden = !operator?.[2];
  const choices = test ? choicesOf(test) : [];
  const isMany = LISTS.has(part("operator").value);
  const choice = part("choice");
  choice.multiple = isMany;
  choice.size = isMany ? Math.min(6, choices.length) : 0;
  fill(choice, choices);
  toggle(choice, choices.length > 0);
  toggle(part("typed"), choices.length === 0);
}

function toggle(control, isShown) {
  control.hidden = !isShown;
  control.required = isShown && !control.closest("[data-rich-value-place]").hidden;
  control.parentElement.querySelector(`label[for="${control.id}"]`).hidden = !isShown;
}

function choicesOf(test) {
  return test.kind === "boolean" ? [["true", "Oui"], ["false", "Non"]] : test.choices;
}

function fill(select, pairs) {
  select.replaceChildren(
    ...pairs.map(([value, title]) => {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = title;
      return option;
    }),
  );
}

// What they insert ----------------------------------------------------------------------

function insert(editor, kind, part, tools) {
  const names = part("name");
  const name = names.value;
  if (!name) return;
  const title = names.selectedOptions[0].textContent;
  if (kind === "field") {
    const format = part("format").value;
    insertChip(editor, title, { "data-variable": name, ...(format && { "data-format": format }) });
  } else if (kind === "reference") {
    const other = part("other").value.trim();
    const attributes = { "data-reference": name, ...(other && { "data-fallback": other }) };
    insertChip(editor, `article « ${title} »`, attributes);
  } else if (kind === "plural") {
    const [one, many] = PLURALS.map((form) => part(form).value);
    const attributes = { "data-plural": name, "data-one": one, "data-many": many };
    insertChip(editor, `${one} / ${many}`, attributes);
  } else {
    insertFragment(editor, part, name, title, tools);
  }
}

function insertChip(editor, said, attributes) {
  const chip = element("span", "chip");
  chip.setAttribute("contenteditable", "false");
  for (const [name, value] of Object.entries(attributes)) chip.setAttribute(name, value);
  chip.textContent = said;
  editor.undoManager.transact(() => {
    // A chip that is chosen stays: the new one stands beside it.
    const chosen = editor.selection.getNode().closest(".chip");
    if (chosen) putCaretAfter(editor, chosen);
    const range = editor.selection.getRng();
    range.deleteContents();
    range.insertNode(chip);
    loosen(chip.previousSibling);
    putCaretAfter(editor, chip);
  });
}

// A space typed at the end of a paragraph is one that never breaks: before a chip it is
// plain again, unless a quotation mark opens there.
function loosen(node) {
  if (node?.nodeType !== Node.TEXT_NODE) return;
  node.data = node.data.replace(/([^\s«])\u00a0$/, "$1 ");
}

// What is written next comes after the chip, and never takes its place.
function putCaretAfter(editor, node) {
  const range = document.createRange();
  range.setStartAfter(node);
  range.collapse(true);
  editor.selection.setRng(range);
  editor.nodeChanged();
}

function insertFragment(editor, part, name, title, tools) {
  const pattern = fragmentOf(part, name, title, tools);
  editor.undoManager.transact(() => {
    const range = editor.selection.getRng();
    const blocks = range.collapsed ? [] : editor.selection.getSelectedBlocks();
    // A condition stands inside a paragraph: each one chosen has its own.
    const parts = blocks.length ? blocks.map((block) => within(range, block)) : [range];
    for (const piece of parts.filter((found) => found && (range.collapsed || !found.collapsed))) {
      const fragment = pattern.cloneNode();
      fragment.append(piece.collapsed ? "…" : piece.extractContents());
      piece.insertNode(fragment);
      putCaretAfter(editor, fragment);
    }
  });
}

function within(range, block) {
  if (block.querySelector("p, li, td, th, h3")) return null;
  const inner = document.createRange();
  inner.selectNodeContents(block);
  if (range.compareBoundaryPoints(Range.START_TO_START, inner) > 0) {
    inner.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, inner) < 0) {
    inner.setEnd(range.endContainer, range.endOffset);
  }
  return inner;
}

function fragmentOf(part, name, title, tools) {
  const operator = part("operator");
  const chosen = [...part("choice").selectedOptions];
  const isChosen = !part("choice").hidden;
  const typed = part("typed").value;
  const values = isChosen ? chosen.map((option) => option.value) : [canonical(typed)];
  const said = isChosen ? chosen.map((option) => option.textContent) : [typed];
  const fragment = element("span", "fragment");
  fragment.setAttribute("data-field", name);
  fragment.setAttribute("data-operator", operator.value);
  const takesValue = !part("value-place").hidden;
  if (takesValue) {
    const bars = (value) => value.replace(/\\/g, "\\\\").replace(/\|/g, "\\|");
    const isMany = LISTS.has(operator.value);
    fragment.setAttribute("data-value", isMany ? values.map(bars).join("|") : values[0]);
  }
  const told = takesValue ? ` ${said.join(", ")}` : "";
  const when = `${title} ${operator.selectedOptions[0].textContent}${told}`;
  fragment.setAttribute("title", `${tools.dataset.textIf} ${when}`);
  return fragment;
}

// « 40 000,50 » and « 15/03/2027 » as the markup writes them.
function canonical(typed) {
  const text = typed.trim();
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (day) return `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}`;
  const compact = text.replace(/[\s\u00a0\u202f]/g, "");
  return /^\d+(,\d+)?$/.test(compact) ? compact.replace(",", ".") : text;
}

start();
