// Words selected in a text proposed: one button takes them to the form of comments.

const LONGEST = 2000;

export function start(root) {
  const text = root.querySelector("[data-passages]");
  const choice = text.querySelector("[data-comment-passage]");
  const quote = root.getElementById("comment-quote");
  const said = root.getElementById("comment-text");
  if (!choice || !quote || !said) return;
  let words = "";
  root.addEventListener("selectionchange", () => {
    const found = selectedIn(text);
    // A press on the button takes the selection away before the click comes.
    if (found || !choice.contains(root.activeElement)) {
      words = found;
      choice.hidden = !found;
    }
  });
  choice.addEventListener("mousedown", (event) => event.preventDefault());
  choice.addEventListener("click", () => {
    quote.value = words;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
    choice.hidden = true;
    said.scrollIntoView({ block: "center" });
    said.focus({ preventScroll: true });
  });
}

function selectedIn(text) {
  const selection = text.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed) return "";
  const inside = (node) => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest("[data-passage]");
  };
  const isInside = inside(selection.anchorNode) && inside(selection.focusNode);
  if (!isInside || !text.contains(selection.anchorNode)) return "";
  return selection.toString().trim().slice(0, LONGEST);
}
