// @ts-check
// Two lists of people that a reader keeps, in this browser alone: comments of those whom they ignore fold to one line;
// comments of those whom they highlight are marked, each with the way to the next. A guest has nothing but a name, so it
// goes by name; what others answered stays where it is.

/** @typedef {"ignored" | "highlighted"} Kind */
/** @typedef {{ comment: HTMLElement, name: string }} Said */

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-ignored]"));

if (discussion) {
  /** @type {Record<Kind, Record<string, string>>} */
  const words = {
    ignored: JSON.parse(discussion.dataset.ignored ?? "{}"),
    highlighted: JSON.parse(discussion.dataset.highlighted ?? "{}"),
  };
  /** @param {string} sentence @param {string} name */
  const said = (sentence, name) => sentence.replace("%(name)s", () => name);
  /** @param {string} name */
  const plain = (name) => name.trim().replace(/\s+/g, " ").toLowerCase();
  /** @param {string} name @param {Record<string, string>} given @param {(string | Node)[]} within */
  const element = (name, given, ...within) => {
    const made = Object.assign(document.createElement(name), given);
    made.append(...within);
    return made;
  };

  /** @param {Kind} kind @returns {string[]} */
  const kept = (kind) => {
    try {
      return JSON.parse(localStorage.getItem(`broadsheet:${kind}`) ?? "[]");
    } catch {
      return [];
    }
  };
  /** @param {Kind} kind @param {string} name @param {boolean} wanted */
  const put = (kind, name, wanted) => {
    const names = kept(kind).filter((each) => plain(each) !== plain(name));
    if (wanted) names.push(name.trim());
    try {
      localStorage.setItem(`broadsheet:${kind}`, JSON.stringify(names));
    } catch {
      // Nothing may be kept: it is so until the page is left.
    }
    show(kind, names);
  };

  /** @type {Said[]} */
  const comments = [...discussion.querySelectorAll("article.comment:not(.removed)")].map((comment) => ({
    comment: /** @type {HTMLElement} */ (comment),
    name: comment.querySelector(".comment-author")?.textContent ?? "",
  }));
  /** @param {HTMLElement} comment @param {string} part @returns {HTMLElement | null} */
  const partOf = (comment, part) => comment.querySelector(`:scope > ${part}`);
  /** Whether somebody else perhaps only uses the name. @param {HTMLElement} comment */
  const borrowed = (comment) => partOf(comment, ".comment-head > .mark.other");

  /** @param {Said} each @param {boolean} wanted */
  const fold = ({ comment, name }, wanted) => {
    if (!wanted) {
      const line = partOf(comment, ".unread");
      return line?.replaceWith(...[...line.children].slice(1));
    }
    const own = [...comment.children].filter((part) => !part.matches("a[id], .branch, .replies, .more"));
    const line = element("details", { className: "unread" });
    own[0]?.before(line);
    line.append(element("summary", {}, said(words.ignored.folded, name)), ...own);
  };
  /** @param {Said} each @param {boolean} wanted */
  const mark = ({ comment }, wanted) => {
    partOf(comment, ".deeds > .person[aria-pressed]")?.setAttribute("aria-pressed", String(wanted));
    const author = partOf(comment, ".comment-head > .comment-author");
    if (wanted) author?.after(" ", element("span", { className: "mark known" }, words.highlighted.mark));
    else partOf(comment, ".comment-head > .known")?.remove();
  };
  /** From each comment that is marked to the next one. */
  const lead = () => {
    const marks = [...discussion.querySelectorAll(".known")];
    marks.forEach((mark, place) => {
      mark.querySelector("button")?.remove();
      const comment = /** @type {HTMLElement | null | undefined} */ (marks[place + 1]?.closest("article"));
      if (!comment) return;
      const next = element("button", { ariaLabel: words.highlighted.next }, "↓");
      next.addEventListener("click", () => {
        for (let above = comment.closest("details"); above; above = above.parentElement?.closest("details") ?? null) above.open = true;
        comment.tabIndex = -1;
        comment.focus();
      });
      mark.append(" ", next);
    });
  };

  /** @type {Record<Kind, HTMLElement>} */
  const lists = { highlighted: element("details", { className: "people" }), ignored: element("details", { className: "people" }) };
  /** @param {Kind} kind @param {string[]} names */
  const show = (kind, names) => {
    const known = new Set(names.map(plain));
    for (const each of comments) {
      const wanted = known.has(plain(each.name)) && !(kind === "highlighted" && borrowed(each.comment));
      if (wanted === each.comment.classList.contains(kind)) continue;
      (kind === "ignored" ? fold : mark)(each, wanted);
      each.comment.classList.toggle(kind, wanted);
    }
    lead();

    const shown = names.length.toLocaleString(document.documentElement.lang, { numberingSystem: "latn" });
    const count = element("summary", {}, `${words[kind].list} (${shown})`);
    const people = names.map((name) => {
      const stop = element("button", {}, said(words[kind].stop, name));
      stop.addEventListener("click", () => {
        put(kind, name, false);
        lists[kind].querySelector("summary")?.focus();
      });
      return element("li", {}, stop);
    });
    lists[kind].replaceChildren(count, element("ul", {}, ...people));
    if (names.length) discussion.append(lists[kind]);
    else lists[kind].remove();
  };

  /** What it is called begins with the word that is seen. @param {Kind} kind @param {Said} each @param {() => void} deed */
  const offer = (kind, { comment, name }, deed) => {
    const ariaLabel = said(words[kind].whom, name);
    const button = element("button", { className: "person", ariaLabel }, words[kind].button);
    button.addEventListener("click", deed);
    partOf(comment, ".deeds")?.append(button);
    return button;
  };
  for (const each of comments) {
    if (!borrowed(each.comment)) {
      const button = offer("highlighted", each, () => {
        put("ignored", each.name, false);
        put("highlighted", each.name, button.ariaPressed !== "true");
        button.focus(); // it may have stood in a fold
      });
      button.ariaPressed = "false";
    }
    offer("ignored", each, () => {
      put("highlighted", each.name, false);
      put("ignored", each.name, true);
      partOf(each.comment, ".unread > summary")?.focus();
    });
  }
  for (const kind of /** @type {Kind[]} */ (["highlighted", "ignored"])) if (kept(kind).length) show(kind, kept(kind));
}
