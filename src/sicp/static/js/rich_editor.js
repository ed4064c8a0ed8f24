// A text in an editor. The editor comes with the forms library; it stands in the page
// itself, so that no style or script but ours is ever needed. Without it, the markup stays
// in its field.

const BASE = {
  inline: true,
  toolbar_persist: true,
  skin: false,
  content_css: false,
  menubar: false,
  statusbar: false,
  branding: false,
  promotion: false,
  contextmenu: false,
  hidden_input: false,
  add_form_submit_trigger: false,
  object_resizing: false,
  table_toolbar: "tablerowheader | tableinsertrowafter tabledeleterow | tableinsertcolafter tabledeletecol | tabledelete",
  table_resize_bars: false,
  table_column_resizing: "preservetable",
  table_sizing_mode: "responsive",
  table_default_attributes: {},
  table_default_styles: {},
  table_use_colgroups: false,
  language: "fr_FR",
  suffix: ".min",
  plugins: "lists table",
  toolbar_mode: "wrap",
  block_formats: "",
  forced_root_block: "p",
  entity_encoding: "raw",
  formats: {
    bold: { inline: "strong" },
    italic: { inline: "em" },
  },
  paste_data_images: false,
  paste_as_text: false,
};

// ``kept`` are the attributes a text may have, ``settings`` what this sort of text adds to
// the editor, ``look`` how its words are set; ``prepare`` gives it its buttons.
export function openEditor(place, { kept, settings, prepare, look = "clause-text" }) {
  const frame = element("div", "rich-frame");
  const bar = element("div", "rich-tools");
  const words = element("div", `rich-words ${look}`);
  frame.append(bar, words);
  place.append(frame);
  // What is set here is read by the browser alone: scripts in it never run.
  words.innerHTML = safe(place.dataset.html, kept);
  window.tinymce.init({
    ...BASE,
    ...settings,
    target: words,
    fixed_toolbar_container_target: bar,
    base_url: new URL(".", document.querySelector("script[src*='tinymce']").src).href.replace(/\/$/, ""),
    setup: (editor) => {
      prepare(editor, caretIn(words, editor));
      wire(editor, place, words);
    },
  });
}

export function addHeading(editor, name, text, tag) {
  editor.ui.registry.addToggleButton(name, {
    text,
    onAction: () => editor.execCommand("mceToggleFormat", false, tag),
    onSetup: (api) => editor.formatter.formatChanged(tag, (is) => api.setActive(is)).unbind,
  });
}

// Shows the options of a list that hold all the words typed.
export function filter(list, typed) {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  for (const option of list.querySelectorAll("option")) {
    const said = plain(option.textContent);
    option.hidden = !wanted.every((word) => said.includes(word));
    option.disabled = option.hidden;
  }
  for (const group of list.querySelectorAll("optgroup")) {
    group.hidden = !group.querySelector("option:not([hidden])");
  }
}

export function element(tag, names) {
  const made = document.createElement(tag);
  made.className = names;
  return made;
}

function wire(editor, place, words) {
  const source = place.querySelector("textarea");
  const format = source.form.elements[place.dataset.format];
  const isOneLine = "oneLine" in place.dataset;
  editor.on("init", () => {
    // Only once the editor stands does it answer in the place of the markup.
    source.hidden = true;
    place.querySelector(".rich-plain").hidden = true;
    format.value = "html";
    words.setAttribute("role", "textbox");
    words.setAttribute("aria-multiline", String(!isOneLine));
    words.setAttribute("aria-label", place.dataset.title);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (source.hasAttribute(name)) words.setAttribute(name, source.getAttribute(name));
    }
    const label = document.querySelector(`label[for="${CSS.escape(source.id)}"]`);
    label?.addEventListener("click", () => editor.focus());
    words.id = `${source.id}-words`;
    source.value = editor.getContent();
  });
  if (isOneLine) {
    editor.on("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
  const copy = () => {
    source.value = editor.getContent();
    source.dispatchEvent(new Event("change", { bubbles: true }));
  };
  editor.on("change input undo redo SetContent", (event) => {
    if (editor.initialized && !event.initial) copy();
  });
  source.form.addEventListener("submit", () => {
    source.value = editor.getContent();
  }, true);
}

// Where the person last wrote: once a button has the focus, the editor may remember an
// older place.
function caretIn(words, editor) {
  let last = null;
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (chosen.rangeCount && words.contains(chosen.anchorNode)) {
      last = chosen.getRangeAt(0).cloneRange();
    }
  });
  return { place: () => (last ?? editor.selection.getRng()).cloneRange() };
}

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// A text refused comes back as it was typed: its words stay, its looks and acts go.
function safe(html, kept) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const item of page.body.querySelectorAll("script, style, link, iframe, object, embed, img, svg, math, form")) {
    item.remove();
  }
  for (const item of page.body.querySelectorAll("*")) {
    for (const name of item.getAttributeNames()) {
      if (!kept.test(name)) item.removeAttribute(name);
    }
  }
  return page.body.innerHTML;
}
