// A message that was read can be closed.

export function start(root) {
  for (const message of root.querySelectorAll("[data-flash]")) {
    const button = message.querySelector("[data-flash-close]");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      message.remove();
      root.querySelector("main")?.focus();
    });
  }
}
