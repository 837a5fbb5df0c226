// @ts-check
// The receipt's page: this browser remembers that the comment is its reader's own (own.js), and lets go of the draft that
// became it (draft.js). Nothing of it is sent anywhere.

const receipt = /** @type {HTMLElement | null} */ (document.querySelector(".receipt"));
const MOST = 200; // comments that are remembered

/** @param {string} key @param {string} empty */
const kept = (key, empty) => JSON.parse(localStorage.getItem(key) ?? empty);

try {
  const { path = "", seq, receipt: own, withdrawn, waits } = receipt?.dataset ?? {};
  /** @type {[path: string, seq?: string, receipt?: string, waits?: string][]} */
  const all = kept("broadsheet:own", "[]");
  const others = all.filter((each) => each[0] !== path || each[1] !== seq);
  if (!withdrawn) others.push([path, seq, own, waits]);
  localStorage.setItem("broadsheet:own", JSON.stringify(others.slice(-MOST)));

  /** @type {Record<string, { sent?: boolean }>} */
  const drafts = kept("broadsheet:drafts", "{}");
  if (drafts[path]?.sent) delete drafts[path];
  localStorage.setItem("broadsheet:drafts", JSON.stringify(drafts));
} catch {
  // Without a place to keep it, whoever has the page's address has all they need.
}
