// The lists of Word are paragraphs that bear a level and a mark: here they become lists.

const ITEM = /^MsoListParagraph/;
const LEVEL = /\blevel([1-9])\b/;
const KEPT = new Set(["href", "colspan", "rowspan"]);
const NUMBER = /^\s*\(?(\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]/i;

export function hasWordLists(html) {
  return /mso-list\s*:|MsoListParagraph/.test(html);
}

// Returns the body of what was copied, its lists made lists, without looks nor acts. A link
// keeps where it leads.
export function withLists(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const open = [];
  for (const paragraph of page.body.querySelectorAll("p")) {
    const found = itemOf(paragraph);
    if (!found || !follows(paragraph, open)) open.length = 0;
    if (found) place(paragraph, found, open);
  }
  for (const item of page.body.querySelectorAll("*")) {
    for (const name of item.getAttributeNames()) {
      if (!KEPT.has(name)) item.removeAttribute(name);
    }
  }
  return page.body.innerHTML;
}

function itemOf(paragraph) {
  const style = paragraph.getAttribute("style") ?? "";
  const told = /mso-list\s*:\s*([^;]*)/.exec(style)?.[1] ?? "";
  const level = LEVEL.exec(told);
  if (told.trim() === "none" || (!level && !ITEM.test(paragraph.className))) return null;
  const mark = [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list\s*:\s*ignore/i.test(span.getAttribute("style") ?? ""),
  );
  const isOrdered = NUMBER.test(mark?.textContent ?? "");
  mark?.remove();
  return { level: Number(level?.[1] ?? 1), isOrdered };
}

// Lists are open while their paragraphs follow one another.
function follows(paragraph, open) {
  return open.length > 0 && paragraph.previousElementSibling === open[0].list;
}

function place(paragraph, { level, isOrdered }, open) {
  while (open.length && open.at(-1).level > level) open.pop();
  const last = open.at(-1);
  const tag = isOrdered ? "ol" : "ul";
  let list = last?.list;
  if (!last || last.level < level || (open.length === 1 && last.list.localName !== tag)) {
    list = paragraph.ownerDocument.createElement(tag);
    if (last && last.level < level) {
      last.list.lastElementChild.append(list);
    } else {
      open.length = 0;
      paragraph.before(list);
    }
    open.push({ level, list });
  }
  const item = paragraph.ownerDocument.createElement("li");
  item.append(...paragraph.childNodes);
  list.append(item);
  paragraph.remove();
}
