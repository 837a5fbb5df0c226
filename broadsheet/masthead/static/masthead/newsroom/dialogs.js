// @ts-check
/* Wagtail's windows for choosing have no name that a screen reader could say: they are called by their heading. */

const WINDOW = '.modal[role="dialog"]';

/** @param {Element} dialog */
function name(dialog) {
  const heading = dialog.querySelector("h1, h2")?.textContent?.trim().replace(/\s+/g, " ");
  dialog.setAttribute("aria-label", heading || "Choose");
}

new MutationObserver(() => document.querySelectorAll(WINDOW).forEach(name)).observe(document.body, {
  childList: true,
  subtree: true,
});
