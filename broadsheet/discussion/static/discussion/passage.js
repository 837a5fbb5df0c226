// @ts-check
// Words selected in a comment get a link of their own beside it: to the passage in browsers that know how (text
// fragments), to the comment in all others, since anchors.js reads what stands before ":~:".

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-passage]"));
const LONG = 80; // characters from which a passage is named by its beginning and its end
const WORDS = 4;

if (discussion) {
  const { path = "", passage = "", copied = "" } = discussion.dataset;
  const link = document.createElement("a");
  link.className = "passage";
  link.setAttribute("aria-live", "polite");

  /** @param {string} words */
  const part = (words) => encodeURIComponent(words).replaceAll("-", "%2D");
  /** @param {string} words */
  const named = (words) => {
    const all = words.split(" ");
    if (words.length < LONG || all.length < 2 * WORDS) return part(words);
    return `${part(all.slice(0, WORDS).join(" "))},${part(all.slice(-WORDS).join(" "))}`;
  };

  const offer = () => {
    const selected = getSelection();
    const words = (selected?.toString() ?? "").trim().replace(/\s+/g, " ");
    const range = words && selected?.rangeCount ? selected.getRangeAt(0).commonAncestorContainer : null;
    const text = (range instanceof Element ? range : range?.parentElement)?.closest(".comment-text");
    const comment = /** @type {HTMLElement | null | undefined} */ (text?.closest("article.comment"));
    if (!comment || !discussion.contains(comment)) {
      if (link !== document.activeElement) link.remove();
      return;
    }
    const { seq } = comment.dataset;
    link.href = `${path}c/${seq}/#c-${seq}:~:text=${named(words)}`;
    link.textContent = passage;
    const deeds = comment.querySelector(":scope > .deeds");
    if (link.parentElement !== deeds) deeds?.append(link);
  };

  let wait = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(wait);
    wait = setTimeout(offer, 200);
  });
  link.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays so
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return; // then it is followed, and stands in the address bar
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.textContent = copied;
  });
}
