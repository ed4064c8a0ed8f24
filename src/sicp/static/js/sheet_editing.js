// The text of a sheet in the editor: headings, lists, tables, quotations, and links to
// articles, sheets and clauses that are chosen in a list. What comes from Word keeps its
// lists.

import { addHeading, openEditor } from "./rich_editor.js";
import { hasWordLists, withLists } from "./word_lists.js";

const TYPING = 250;

function start() {
  if (window.tinymce) {
    for (const place of document.querySelectorAll("[data-sheet-text]")) open(place);
  }
  for (const list of document.querySelectorAll("[data-theme-list]")) offerThemes(list);
}

function open(place) {
  const text = place.dataset;
  openEditor(place, {
    kept: /^(href|scope|colspan|rowspan)$/,
    look: "sheet-text",
    settings: {
      toolbar: "undo redo | bold italic | title subtitle heading | bullist numlist quotation | table | sheetlink",
      valid_elements:
        "p,strong/b,em/i,ul,ol,li,h2/h1,h3,h4/h5/h6,br,blockquote,a[href],table,caption," +
        "thead,tbody,tr,th[scope|colspan|rowspan],td[colspan|rowspan]",
      // Addresses are kept as they are: « sicp:sheet/123 » is one of ours.
      convert_urls: false,
      allow_unsafe_link_target: true,
    },
    prepare: (editor, caret) => {
      addHeading(editor, "title", text.textTitle, "h2");
      addHeading(editor, "subtitle", text.textSubtitle, "h3");
      addHeading(editor, "heading", text.textHeading, "h4");
      addHeading(editor, "quotation", text.textQuotation, "blockquote");
      editor.ui.registry.addButton("sheetlink", {
        text: text.textLink,
        onAction: () => askLink(editor, caret),
      });
      editor.addShortcut("meta+k", text.textLink, () => askLink(editor, caret));
      editor.on("init", () => {
        document.querySelector("[data-plain-links]").hidden = true;
      });
      editor.on("paste", (event) => keepLists(editor, event));
    },
  });
}

// Links ----------------------------------------------------------------------------------

function askLink(editor, caret) {
  const dialog = document.querySelector("[data-link-dialog]");
  const part = (name) => dialog.querySelector(`[data-link-${name}]`);
  const place = caret.place();
  if (!dialog.dataset.ready) readyLink(dialog, part);
  dialog.querySelector("form").reset();
  part("results").replaceChildren();
  const current = anchorAt(editor, place);
  const words = current ? current.textContent : place.toString();
  part("words").value = words;
  part("remove").hidden = !current;
  if (current && !current.getAttribute("href").startsWith("sicp:")) {
    part("address").value = current.getAttribute("href");
  }
  dialog.onclose = () => {
    editor.focus();
    editor.selection.setRng(place);
    if (dialog.returnValue === "remove") editor.execCommand("unlink");
    if (dialog.returnValue === "insert") insertLink(editor, part, current, words);
    dialog.returnValue = "";
  };
  dialog.showModal();
}

function readyLink(dialog, part) {
  dialog.dataset.ready = "yes";
  let timer = 0;
  part("search").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(dialog, part), TYPING);
  });
  part("results").addEventListener("change", () => {
    part("address").value = "";
    if (!part("words").value) part("words").value = part("results").selectedOptions[0].dataset.words;
  });
}

async function search(dialog, part) {
  const url = new URL(dialog.dataset.searchUrl, document.baseURI);
  url.searchParams.set("q", part("search").value);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { query, results } = await answer.json();
  if (query !== part("search").value.trim()) return;
  part("results").replaceChildren(...results.map(optionOf));
  part("status").textContent = results.length
    ? dialog.dataset.textCount.replace("{count}", results.length)
    : dialog.dataset.textNone;
}

function optionOf(found) {
  const option = document.createElement("option");
  option.value = found.value;
  option.dataset.words = found.title;
  option.textContent = `${found.title} — ${found.note}`;
  return option;
}

function insertLink(editor, part, current, before) {
  const href = part("address").value.trim() || part("results").value;
  if (!href) return;
  const words = part("words").value.trim() || href;
  editor.undoManager.transact(() => {
    if (current) editor.selection.select(current);
    if (words === before && !editor.selection.isCollapsed()) {
      editor.execCommand("mceInsertLink", false, { href });
      return;
    }
    const link = editor.dom.create("a", { href });
    link.textContent = words;
    editor.insertContent(link.outerHTML);
  });
}

function anchorAt(editor, place) {
  const node = place.commonAncestorContainer;
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return editor.getBody().contains(element) ? element.closest("a[href]") : null;
}

// Word -----------------------------------------------------------------------------------

function keepLists(editor, event) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!hasWordLists(html)) return;
  event.preventDefault();
  editor.undoManager.transact(() => editor.insertContent(withLists(html)));
}

// Themes ---------------------------------------------------------------------------------

function offerThemes(list) {
  const input = document.getElementById(list.dataset.themeList);
  for (const item of list.querySelectorAll("[data-theme]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    button.textContent = item.textContent;
    button.addEventListener("click", () => addTheme(input, item.textContent));
    item.replaceChildren(button);
  }
}

function addTheme(input, theme) {
  const themes = input.value.split(",").map((said) => said.trim()).filter(Boolean);
  if (!themes.includes(theme)) themes.push(theme);
  input.value = themes.join(", ");
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
}

start();
