// @ts-check
// A branch that its reader folded stays folded in this browser. What somebody was led to, and what is printed, is open.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-path]"));
const KEPT = "broadsheet:folded";
const MOST = 100; // threads that are remembered

if (discussion) {
  const path = discussion.dataset.path ?? "";
  /** Numbers of comments by thread, the thread that was touched last at the end. @returns {Record<string, number[]>} */
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    } catch {
      return {};
    }
  };
  const branches = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (discussion.querySelectorAll("details.branch"));
  /** @param {HTMLElement} branch */
  const seq = (branch) => Number(branch.closest("article")?.dataset.seq);

  const reveal = () => {
    const anchor = location.hash.slice(1).split(":~:")[0];
    let above = (anchor && document.getElementById(anchor)?.parentElement?.closest("details")) || null;
    for (; above; above = above.parentElement?.closest("details") ?? null) above.open = true;
  };

  const folded = new Set(kept()[path]);
  for (const branch of branches()) if (folded.has(seq(branch))) branch.open = false;
  reveal();
  addEventListener("hashchange", reveal);

  // The event does not bubble.
  discussion.addEventListener(
    "toggle",
    ({ target: branch }) => {
      if (!(branch instanceof HTMLDetailsElement) || !branch.matches(".branch")) return;
      const { [path]: before = [], ...others } = kept();
      const now = before.filter((each) => each !== seq(branch));
      if (!branch.open) now.push(seq(branch));
      const all = Object.entries(now.length ? { ...others, [path]: now } : others).slice(-MOST);
      try {
        localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(all)));
      } catch {
        // Nothing may be kept: it stays folded until the page is left.
      }
    },
    true,
  );

  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...branches()].filter((branch) => !branch.open);
    for (const branch of opened) branch.open = true;
  });
  addEventListener("afterprint", () => {
    for (const branch of opened) branch.open = false;
  });
}
