// @ts-check
// What is being written outlives a closed tab: a draft for each article, in this browser alone, until the receipt says that
// it became a comment (keep.js). Without a place to keep it, there is none.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#say"));
const [text, parent] = /** @type {HTMLInputElement[]} */ (["text", "parent"].map((name) => form?.elements.namedItem(name)));
const KEPT = "broadsheet:drafts";
const MOST = 20; // articles

if (form) {
  const path = new URL(form.action).pathname.replace(/comments\/$/, "");

  /** @returns {Record<string, { text: string, parent: string, at: number, sent?: boolean }>} */
  const drafts = () => JSON.parse(localStorage.getItem(KEPT) ?? "{}");

  /** @param {Event} event */
  const keep = ({ type }) => {
    const { [path]: _, ...others } = drafts();
    const kept = Object.entries(others).sort(([, one], [, other]) => other.at - one.at).slice(0, MOST - 1);
    const draft = { text: text.value, parent: parent.value, at: Date.now(), sent: type === "submit" };
    if (draft.text.trim()) kept.push([path, draft]);
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept)));
  };

  try {
    const draft = text.value ? undefined : drafts()[path];
    // A reply goes back to its comment, or waits for a page that shows it.
    const event = new CustomEvent("answer", { detail: draft?.parent, cancelable: true });
    const placed = draft && (draft.parent === parent.value || (draft.parent && !form.dispatchEvent(event)));
    if (placed) text.value = draft.text;
    form.addEventListener("input", keep);
    form.addEventListener("submit", keep);
  } catch {}
}
