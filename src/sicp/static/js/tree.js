// Branches of the tree open in place; one that is not known yet is asked for once.

export function start(root) {
  for (const tree of root.querySelectorAll("[data-tree]")) {
    prepare(tree);
    tree.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tree-toggle]");
      if (button) toggle(button);
    });
  }
}

function prepare(branch) {
  for (const button of branch.querySelectorAll("[data-tree-toggle]")) {
    button.hidden = false;
  }
}

async function toggle(button) {
  const branch = button.closest("li").querySelector("[data-tree-branch]");
  const isOpen = button.getAttribute("aria-expanded") !== "true";
  if (isOpen && button.dataset.childrenUrl && !branch.childElementCount) {
    await load(button, branch);
  }
  button.setAttribute("aria-expanded", String(isOpen));
  branch.hidden = !isOpen;
}

async function load(button, branch) {
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.dataset.childrenUrl, {
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    branch.innerHTML = await answer.text();
    prepare(branch);
  } catch {
    // The link beside the button shows the same content as a page.
    window.location.assign(button.closest("li").querySelector("a").href);
  } finally {
    button.removeAttribute("aria-busy");
  }
}
