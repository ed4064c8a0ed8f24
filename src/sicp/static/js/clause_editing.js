// The preview of a clause follows what is typed, on the answers of the consultation chosen.

const IDLE = 700;
const UNREADABLE = 422;

const desk = document.querySelector("[data-clause-desk]");
const form = desk.querySelector("[data-form]");
const choice = desk.querySelector("[data-preview-choice] select");
let timer = 0;
let latest = 0;

function wait() {
  clearTimeout(timer);
  timer = setTimeout(refresh, IDLE);
}

async function refresh() {
  latest += 1;
  const mine = latest;
  const told = await ask();
  // A slow answer never replaces a later one.
  if (mine !== latest) return;
  desk.querySelector("[data-preview-status]").textContent = told;
}

async function ask() {
  const address = new URL(desk.dataset.previewUrl, window.location.href);
  if (choice.value) address.searchParams.set("consultation", choice.value);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    if (answer.status === UNREADABLE) return desk.dataset.textToCorrect;
    if (!answer.ok || answer.redirected) return desk.dataset.textStale;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-part='sample']");
    desk.querySelector("[data-part='sample']").replaceWith(document.adoptNode(fresh));
    return desk.dataset.textFresh;
  } catch {
    return desk.dataset.textStale;
  }
}

form.addEventListener("input", wait);
form.addEventListener("change", wait);
form.addEventListener("sicp:condition-changed", wait);
choice.addEventListener("change", refresh);
desk.querySelector("[data-preview-show]").hidden = true;
