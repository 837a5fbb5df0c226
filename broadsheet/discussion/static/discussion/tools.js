// @ts-check
// A toolbar and keys for what a comment's plain text understands. The words come with the page.

/** What stands before and after the selection (a quotation: before each line), and its key.
 * @type {Record<string, [before: string, after: string, keys: string]>} */
const TOOLS = {
  strong: ["**", "**", "Control+B"],
  emphasis: ["*", "*", "Control+I"],
  quote: ["> ", "", "Control+Shift+E"],
  link: ["[", "](https://)", "Control+K"],
  spoiler: ["||", "||", "Control+Shift+S"],
};

const text = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("textarea[data-tools]"));

if (text) {
  const words = JSON.parse(text.dataset.tools ?? "{}");
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.label);
  bar.setAttribute("aria-controls", text.id);

  /** @param {string} name */
  const use = (name) => {
    const [before, after] = TOOLS[name];
    const { selectionStart: start, selectionEnd: end, value } = text;
    const from = after ? start : value.lastIndexOf("\n", start - 1) + 1;
    const chosen = value.slice(from, end);
    const now = after ? before + chosen + after : chosen.replace(/^/gm, before);
    text.focus();
    text.setSelectionRange(from, end);
    // Deprecated, and the only way that leaves Undo as it is.
    if (!document.execCommand("insertText", false, now)) text.setRangeText(now, from, end, "end");
    const last = from + now.length;
    if (name === "link" && chosen) text.setSelectionRange(last - 9, last - 1);
    else if (after) text.setSelectionRange(start + before.length, end + before.length);
  };

  const buttons = Object.keys(TOOLS).map((name, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[name];
    button.tabIndex = place && -1;
    button.setAttribute("aria-keyshortcuts", TOOLS[name][2]);
    button.addEventListener("click", () => use(name));
    return button;
  });
  bar.append(...buttons);
  text.before(bar);

  bar.addEventListener("keydown", (event) => {
    const place = buttons.findIndex((button) => button.tabIndex === 0);
    const step = bar.matches(":dir(rtl)") ? -1 : 1;
    const to = { ArrowRight: place + step, ArrowLeft: place - step, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? null : buttons.at(to % buttons.length);
    if (!next) return;
    event.preventDefault();
    buttons[place].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const keys = `Control+${event.shiftKey ? "Shift+" : ""}${event.key.toUpperCase()}`;
    const name = Object.keys(TOOLS).find((tool) => TOOLS[tool][2] === keys);
    if (!name) return;
    event.preventDefault();
    use(name);
  });
}
