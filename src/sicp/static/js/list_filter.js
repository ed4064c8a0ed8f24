// A long list, of boxes to tick or of answers, is narrowed by what is typed above it.

export function start(root) {
  for (const filter of root.querySelectorAll("[data-filter]")) {
    const box = filter.querySelector("input");
    const list = root.getElementById(box.getAttribute("aria-controls"));
    if (!list) continue;
    filter.hidden = false;
    const shorten = list.matches("select") ? narrowAnswers(filter, list) : narrow;
    box.addEventListener("input", () => shorten(list, box.value));
    // Return here would send the whole form.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}

function narrow(list, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  for (const item of list.children) {
    const title = plain(item.textContent);
    const isTicked = item.querySelector("input").checked;
    item.hidden = !isTicked && !words.every((word) => title.includes(word));
  }
}

// A closed list shows hidden answers in some browsers: those left out are taken out.
function narrowAnswers(filter, list) {
  const answers = [...list.options];
  const status = filter.querySelector("[role='status']");
  return (_list, text) => {
    const words = plain(text).split(/\s+/).filter(Boolean);
    const chosen = list.value;
    const kept = answers.filter((answer) => {
      const title = plain(answer.textContent);
      const isKept = answer.value === chosen || !answer.value;
      return isKept || words.every((word) => title.includes(word));
    });
    list.replaceChildren(...kept);
    list.value = chosen;
    const found = kept.filter((answer) => answer.value).length;
    status.textContent = words.length ? status.dataset.text.replace("{count}", found) : "";
  };
}

function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
