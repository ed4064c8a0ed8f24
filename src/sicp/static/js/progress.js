// What is done beside the page tells how far it is; the page follows by itself.

const PAUSE_MILLISECONDS = 3000;

export function start(root) {
  if (root.querySelector("[data-progress]")) setTimeout(look, PAUSE_MILLISECONDS);
}

async function look() {
  const here = document.querySelector("[data-progress]");
  if (!here) return;
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    setTimeout(look, PAUSE_MILLISECONDS);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.querySelector("[data-progress]");
  // At the end the whole page changes: what to decide, what was done.
  if (!answer.ok || !there) {
    location.reload();
    return;
  }
  here.replaceWith(there);
  setTimeout(look, PAUSE_MILLISECONDS);
}
