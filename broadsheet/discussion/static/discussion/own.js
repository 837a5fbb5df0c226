// @ts-check
// The reader's own comments, as far as this browser remembers them (keep.js): a mark, and the way to each one's receipt.
// One that waited when its receipt was last seen is asked for and shown, until somebody has decided.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-own]"));
const KEPT = "broadsheet:own";
const MOST = 5; // comments that are asked for at once

/** @typedef {[path: string, seq: string, receipt: string, waits?: string]} Own */

/** @returns {Own[]} */
const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
};

/** @param {string} receipt */
const ask = async (receipt) => {
  const answer = await fetch(`${receipt}waiting.json`);
  if (!answer.ok && answer.status !== 404) return;
  const { held } = answer.ok ? await answer.json() : { held: [] };
  if (held.length) return (await import(discussion?.dataset.waiting ?? "")).show(held);
  const decided = remembered().map((each) => (each[2] === receipt ? each.slice(0, 3) : each));
  localStorage.setItem(KEPT, JSON.stringify(decided));
};

/** @type {string[]} */
const waiting = [];
for (const [path, seq, receipt, waits] of remembered()) {
  if (path !== discussion?.dataset.path) continue;
  const comment = document.getElementById(`c-${seq}`);
  if (!comment && waits) waiting.push(receipt);
  if (!comment || comment.matches(".removed")) continue;
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.textContent = discussion?.dataset.yours ?? "";
  comment.querySelector(":scope > .comment-head")?.append(" ", mark);
  const link = document.createElement("a");
  link.href = receipt;
  link.textContent = discussion?.dataset.own ?? "";
  comment.querySelector(":scope > .deeds")?.append(link);
}
for (const receipt of waiting.slice(-MOST)) ask(receipt).catch(() => {});
