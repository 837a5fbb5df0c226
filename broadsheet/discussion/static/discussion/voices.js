// @ts-check
// "Like" is said where the comment stands, instead of on a page of its own; what one liked is kept in this browser.

const KEPT = "broadsheet:likes";
const MOST = 500;
const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion"));

/** @returns {string[]} */
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
};

/** @param {HTMLAnchorElement} link @param {boolean} liked */
const show = (link, liked) => link.setAttribute("aria-pressed", String(liked));

/** @param {HTMLAnchorElement} link @param {boolean} liked */
const keep = (link, liked) => {
  const others = kept().filter((path) => path !== link.pathname);
  try {
    localStorage.setItem(KEPT, JSON.stringify(liked ? [...others, link.pathname].slice(-MOST) : others));
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
};

/** @param {string[]} paths */
const showAll = (paths) => {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.like"))) {
    link.setAttribute("role", "button");
    show(link, paths.includes(link.pathname));
  }
};

/** @param {HTMLAnchorElement} link */
const say = async (link) => {
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  const liked = link.getAttribute("aria-pressed") !== "true";
  show(link, liked);
  const body = new URLSearchParams({ value: liked ? "1" : "0" });
  const answer = await fetch(link.href, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => null);
  link.ariaBusy = null;
  if (answer?.ok) return keep(link, liked);
  show(link, !liked);
  if (answer?.headers.get("Content-Type") === "application/json") explain(link, (await answer.json()).error);
};

/** @param {HTMLAnchorElement} link @param {string} why */
const explain = (link, why) => {
  link.parentElement?.querySelector(".field-error")?.remove();
  const line = document.createElement("span");
  line.className = "field-error";
  line.role = "alert";
  link.after(line);
  line.textContent = why;
};

if (discussion) {
  showAll(kept());
  document.addEventListener("mine", (event) => showAll(/** @type {CustomEvent} */ (event).detail.liked));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.like") : null;
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link instanceof HTMLAnchorElement && plain) {
      event.preventDefault();
      void say(link);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target instanceof HTMLAnchorElement && event.target.matches("a.like")) {
      event.preventDefault();
      void say(event.target);
    }
  });
}
