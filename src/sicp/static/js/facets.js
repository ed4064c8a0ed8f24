// On a narrow screen the filters of a list stand behind a button.

export function start(root) {
  for (const page of root.querySelectorAll("[data-facets]")) {
    const button = page.querySelector("[data-facets-button]");
    if (!button) continue;
    button.hidden = false;
    page.classList.add("is-foldable");
    button.addEventListener("click", () => {
      const isOpen = page.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(isOpen));
    });
  }
}
