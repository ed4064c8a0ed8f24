// The drafting page: the document follows what is typed, a blank leads to its question,
// a question shows where its answer stands, the plan tells where one reads.

const IDLE = 600;
// The status of an answer that a field refuses; the form says why at its next save.
const UNREADABLE = 422;

let watcher = null;

for (const desk of document.querySelectorAll("[data-draft]")) start(desk);

function start(desk) {
  const form = desk.querySelector("[data-form]");
  if (form) {
    followTyping(desk, form);
    linkValues(desk, form);
  }
  followReading(desk);
}

// The document follows what is typed -----------------------------------------------------

function followTyping(desk, form) {
  let timer = 0;
  let latest = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      latest += 1;
      const mine = latest;
      const fresh = await preview(desk, form);
      // A slow answer never replaces a later one.
      if (mine !== latest) return;
      const { textStale, textToCorrect } = desk.dataset;
      if (fresh.page) show(desk, fresh.page);
      else say(desk, fresh.isRefused ? textToCorrect : textStale);
    }, IDLE);
  };
  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
}

async function preview(desk, form) {
  try {
    const answer = await fetch(desk.dataset.previewUrl, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    if (answer.status === UNREADABLE) return { isRefused: true };
    if (!answer.ok || answer.redirected) return {};
    return { page: new DOMParser().parseFromString(await answer.text(), "text/html") };
  } catch {
    return {};
  }
}

function say(desk, text) {
  desk.querySelector("[data-preview-status]").textContent = text;
}

function show(desk, fresh) {
  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
  replaceChanged(part(desk, "document"), part(fresh, "document"));
  for (const name of ["open", "contents"]) {
    part(desk, name).replaceWith(document.adoptNode(part(fresh, name)));
  }
  const count = part(desk, "open").dataset.openCount;
  desk.querySelector("[data-count-shown]").textContent = count;
  say(desk, desk.dataset.textFresh);
  followReading(desk);
}

// Only the blocks whose words changed are touched: an open explanation stays open.
function replaceChanged(page, fresh) {
  const known = new Map([...page.children].map((block) => [block.dataset.key, block]));
  let before = null;
  for (const block of [...fresh.children]) {
    const old = known.get(block.dataset.key);
    known.delete(block.dataset.key);
    const kept = old ? updated(old, block) : added(block);
    const place = before ? before.nextElementSibling : page.firstElementChild;
    if (kept !== place) page.insertBefore(kept, place);
    before = kept;
  }
  for (const gone of known.values()) gone.remove();
}

function added(block) {
  block.classList.add("is-changed");
  return document.adoptNode(block);
}

function updated(old, block) {
  const text = (item) => item.querySelector("[data-text]");
  const tools = (item) => item.querySelector(":scope > [data-tools]");
  const hasChanged = text(old).textContent !== text(block).textContent;
  old.classList.toggle("is-changed", hasChanged);
  if (text(old).innerHTML !== text(block).innerHTML) {
    text(old).replaceWith(document.adoptNode(text(block)));
  }
  const isOpen = tools(old)?.open;
  if (tools(old) && tools(block)) {
    if (isOpen) tools(block).open = true;
    if (!tools(old).contains(document.activeElement)) {
      tools(old).replaceWith(document.adoptNode(tools(block)));
    }
  }
  return old;
}

// A blank leads to its question, a question shows its answer ----------------------------

function linkValues(desk, form) {
  desk.addEventListener("click", (event) => {
    const value = event.target.closest(".draft-blank, .draft-value");
    if (value) goToQuestion(desk, form, value.dataset.field);
  });
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field")?.dataset.field;
    if (field) mark(desk, field);
  });
}

function goToQuestion(desk, form, name) {
  const item = form.querySelector(`.field[data-field="${CSS.escape(name)}"]`);
  const control = item?.querySelector(".input, input:not([type='hidden']), select");
  const link = desk.querySelector(`[data-missing="${CSS.escape(name)}"]`);
  const target = control ?? link;
  target?.scrollIntoView({ block: "nearest" });
  target?.focus({ preventScroll: true });
}

function mark(desk, name) {
  for (const value of desk.querySelectorAll("[data-part='document'] [data-field]")) {
    value.classList.toggle("is-shown", value.dataset.field === name);
  }
  const first = desk.querySelector("[data-part='document'] .is-shown");
  first?.scrollIntoView({ block: "center" });
}

// The plan tells where one reads ----------------------------------------------------------

function followReading(desk) {
  watcher?.disconnect();
  const list = desk.querySelector("[data-part='contents']");
  const links = new Map(
    [...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]),
  );
  watcher = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting);
      if (seen.length) tell(list, links.get(seen[0].target.id));
    },
    { rootMargin: "-15% 0px -70% 0px" },
  );
  for (const anchor of links.keys()) {
    const section = document.getElementById(anchor);
    if (section) watcher.observe(section);
  }
}

function tell(list, link) {
  for (const other of list.querySelectorAll("[aria-current]")) {
    other.removeAttribute("aria-current");
  }
  link?.setAttribute("aria-current", "location");
  const pane = list.closest(".draft-contents");
  if (!link || pane.scrollHeight <= pane.clientHeight) return;
  const middle = link.offsetTop - pane.clientHeight / 2;
  pane.scrollTo({ top: middle });
}
