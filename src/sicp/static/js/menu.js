// On a narrow screen, one button shows the modules and the tree. The menu of the
// account closes with Escape or by pressing elsewhere.

export function start(root) {
  const button = root.querySelector("[data-menu-button]");
  button?.addEventListener("click", () => toggleMenus(root, button));
  const account = root.querySelector("[data-account]");
  if (account) closeWhenLeft(root, account);
}

function toggleMenus(root, button) {
  const isOpen = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(isOpen));
  for (const menu of root.querySelectorAll("[data-menu]")) {
    menu.classList.toggle("is-open", isOpen);
  }
}

function closeWhenLeft(root, account) {
  root.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
  account.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !account.open) return;
    account.open = false;
    account.querySelector("summary").focus();
  });
}
