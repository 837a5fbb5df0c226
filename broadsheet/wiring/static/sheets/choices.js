// Before the first paint: the paper and the size of text that this browser's reader has chosen. Nothing leaves the browser.
// Not a module, since those wait for the page, which would be seen changing.
// @ts-check
(() => {
  const root = document.documentElement;
  const names = ["paper", "size", "print"];

  function apply() {
    for (const name of names) {
      const chosen = localStorage.getItem(name);
      if (chosen) root.dataset[name] = chosen;
      else delete root.dataset[name];
    }
  }

  /** @returns {HTMLDetailsElement | null} */
  const choices = () => document.querySelector(".choices[open]");

  try {
    apply();
  } catch {
    return; // Without a place to keep choices, none are offered.
  }
  root.dataset.choosing = "";
  addEventListener("storage", apply);
  document.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.matches(".choices")) return;
    for (const input of target.querySelectorAll("input")) input.checked = input.value === (root.dataset[input.name] ?? "");
  }, true);
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest(".choices")) return;
    if (target.checked && target.value) localStorage.setItem(target.name, target.value);
    else localStorage.removeItem(target.name);
    apply();
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && !target.closest(".choices")) choices()?.removeAttribute("open");
  });
  document.addEventListener("keydown", ({ key }) => {
    const open = choices();
    if (key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
})();
