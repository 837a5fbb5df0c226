// @ts-check
// The reader's own comments, as far as this browser remembers them (keep.js): a mark, and the way to each one's receipt.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-own]"));

/** @returns {[path: string, seq: string, receipt: string][]} */
const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem("broadsheet:own") ?? "[]");
  } catch {
    return [];
  }
};

for (const [path, seq, receipt] of remembered()) {
  const comment = path === discussion?.dataset.path && document.getElementById(`c-${seq}`);
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
