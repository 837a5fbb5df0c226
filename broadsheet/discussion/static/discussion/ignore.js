// @ts-check
// Somebody whom this reader does not want to read: their comments fold to one line, in this browser alone. A guest has
// nothing but a name, so it goes by name; what others answered stays where it is.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-ignoring]"));
const KEPT = "broadsheet:ignored";

if (discussion) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(discussion.dataset.ignoring ?? "{}");
  /** @param {string} sentence @param {string} name */
  const said = (sentence, name) => sentence.replace("%(name)s", () => name);
  /** @param {string} name */
  const plain = (name) => name.trim().replace(/\s+/g, " ").toLowerCase();

  /** @returns {string[]} */
  const ignored = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return [];
    }
  };
  /** @param {string[]} names */
  const keep = (names) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(names));
    } catch {
      // Nothing may be kept: they are ignored until the page is left.
    }
    show(names);
  };

  const comments = [.../** @type {NodeListOf<HTMLElement>} */ (discussion.querySelectorAll("article.comment:not(.removed)"))].map(
    (comment) => ({ comment, name: comment.querySelector(".comment-author")?.textContent ?? "" }),
  );

  /** @param {HTMLElement} comment @param {string} name */
  const fold = (comment, name) => {
    const own = [...comment.children].filter((part) => !part.matches("a[id], .branch, .replies, .more"));
    const line = document.createElement("details");
    line.className = "unread";
    const summary = document.createElement("summary");
    summary.textContent = said(words.folded, name);
    own[0]?.before(line);
    line.append(summary, ...own);
    comment.classList.add("ignored");
  };
  /** @param {HTMLElement} comment */
  const unfold = (comment) => {
    const line = comment.querySelector(":scope > .unread");
    line?.replaceWith(...[...line.children].slice(1));
    comment.classList.remove("ignored");
  };

  const list = document.createElement("details");
  list.className = "ignoring";
  const count = document.createElement("summary");
  const people = document.createElement("ul");
  list.append(count, people);

  /** @param {string} name */
  const person = (name) => {
    const line = document.createElement("li");
    const stop = document.createElement("button");
    stop.textContent = said(words.stop, name);
    stop.addEventListener("click", () => {
      keep(ignored().filter((each) => each !== name));
      if (list.isConnected) count.focus();
    });
    line.append(stop);
    return line;
  };

  /** @param {string[]} names */
  const show = (names) => {
    const known = new Set(names.map(plain));
    for (const { comment, name } of comments) {
      const wanted = known.has(plain(name));
      if (wanted && !comment.matches(".ignored")) fold(comment, name);
      else if (!wanted && comment.matches(".ignored")) unfold(comment);
    }
    count.textContent = `${words.list} (${names.length.toLocaleString(document.documentElement.lang, { numberingSystem: "latn" })})`;
    people.replaceChildren(...names.map(person));
    if (names.length) discussion.append(list);
    else list.remove();
  };

  for (const { comment, name } of comments) {
    const button = document.createElement("button");
    button.className = "ignore";
    button.textContent = words.ignore;
    button.setAttribute("aria-label", said(words.whom, name)); // it begins with the word that is seen
    button.addEventListener("click", () => {
      keep([...ignored(), name.trim()]);
      /** @type {HTMLElement | null} */ (comment.querySelector(":scope > .unread > summary"))?.focus();
    });
    comment.querySelector(":scope > .deeds")?.append(button);
  }
  if (ignored().length) show(ignored());
}
