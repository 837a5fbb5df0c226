// @ts-check
// What is new since the reader was last here: marked in words, counted, and gone through from one to the next. Which rev
// was seen is known to this browser alone. What is new stays marked while a visit lasts, on every page of the thread.

/** The rev from which this visit marks, when the last visit ended, the highest rev seen, and when that was.
 * @typedef {[from: number, left: number, seen: number, at: number]} Visit */

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-since]"));
const KEPT = "broadsheet:seen";
const QUIET = "broadsheet:quiet-keys";
const MOST = 300; // threads that are remembered
const ABSENCE = 30 * 60_000; // milliseconds after which a visit is another one

if (discussion) {
  const { path = "", recent } = discussion.dataset;
  const language = document.documentElement.lang;
  /** @type {Record<string, string>} */
  const words = JSON.parse(discussion.dataset.since ?? "{}");

  /** @returns {Record<string, Visit>} */
  const visits = () => JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  /** @param {Visit} visit */
  const keep = (visit) => {
    const all = Object.entries({ ...visits(), [path]: visit });
    const newest = all.sort(([, one], [, other]) => other[3] - one[3]).slice(0, MOST);
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(newest)));
  };

  /** @param {number} n @param {string} [forms] */
  const counted = (n, forms = "{}") => {
    const said = JSON.parse(forms);
    const shown = n.toLocaleString(language, { numberingSystem: "latn" });
    return (said[new Intl.PluralRules(language).select(n)] ?? said.other).replace("%(n)s", shown);
  };

  /** @param {number} at */
  const moment = (at) => {
    const days = (Date.now() - at) / 86_400_000;
    /** @type {Intl.DateTimeFormatOptions} */
    const how = days > 6 ? { day: "numeric", month: "long" } : days > 0.5 ? { weekday: "long" } : { hour: "2-digit", minute: "2-digit" };
    // As the rest of the page writes moments (kit/locales.py): plain English counts hours to 24.
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...how, numberingSystem: "latn" }).format(at);
  };

  /** @param {string} name @param {string} text @param {() => void} [deed] */
  const element = (name, text, deed) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (deed) made.addEventListener("click", deed);
    return made;
  };

  /** @param {number} from @param {number} left */
  const mark = (from, left) => {
    const all = /** @type {NodeListOf<HTMLElement>} */ (discussion.querySelectorAll("article.comment[data-rev]"));
    /** What one said oneself is nothing new (see keep.js). @type {[path: string, seq: string][]} */
    const own = JSON.parse(localStorage.getItem("broadsheet:own") ?? "[]");
    const mine = new Set(own.filter(([thread]) => thread === path).map(([, seq]) => String(seq)));
    const fresh = [...all].filter(
      (comment) => Number(comment.dataset.rev) > from && !comment.matches(".ignored") && !mine.has(comment.dataset.seq ?? ""),
    );
    for (const comment of fresh) {
      const head = comment.querySelector(":scope > .comment-head");
      const posted = Date.parse(head?.querySelector("time")?.dateTime ?? "");
      const state = head?.querySelector(".edited") && posted < left ? "changed" : "new";
      const word = element("span", words[state]);
      word.className = "fresh";
      head?.querySelector(".comment-author")?.after(" ", word);
      comment.classList.add(state);
    }
    return fresh;
  };

  /** @param {HTMLElement} comment */
  const goTo = (comment) => {
    for (let above = comment.parentElement?.closest("details"); above; above = above.parentElement?.closest("details")) above.open = true;
    comment.tabIndex = -1;
    comment.focus({ preventScroll: true });
    comment.scrollIntoView({ block: "start" });
  };

  /** Other pages that hold what is new. @param {{ from: number, comments: number[][] }} news @param {number} from */
  const elsewhere = (news, from) => {
    const line = element("p", "");
    /** @type {Map<number, number[]>} */
    const pages = new Map();
    for (const [seq, rev, page] of news.comments) {
      if (rev > from && !document.getElementById(`c-${seq}`)) pages.set(page, [...(pages.get(page) ?? []), seq]);
    }
    for (const [page, seqs] of [...pages].sort(([one], [other]) => one - other)) {
      const said = words.page.replace("%(page)s", String(page)).replace("%(n)s", String(seqs.length));
      const link = /** @type {HTMLAnchorElement} */ (element("a", said));
      link.href = `${path}comments/oldest/${page}/#c-${Math.min(...seqs)}`;
      line.append(" ", link);
    }
    if (pages.size) line.prepend(words.elsewhere);
    if (news.from > from) line.append(` ${words.further}`);
    return line;
  };

  /** @param {HTMLElement[]} fresh @param {Visit} visit @param {HTMLElement} others @param {boolean} jump */
  const tell = (fresh, visit, others, jump) => {
    const changed = fresh.filter((comment) => comment.classList.contains("changed")).length;
    const told = [];
    if (fresh.length > changed || !changed) told.push(counted(fresh.length - changed, discussion.dataset.news));
    if (changed) told.push(counted(changed, discussion.dataset.changes));
    const what = new Intl.ListFormat(language, { type: "unit" }).format(told);
    const bar = element("div", "");
    bar.className = "since";
    bar.append(element("p", words.since.replace("%(what)s", what).replace("%(when)s", moment(visit[1]))));

    let place = -1;
    /** @param {number} step */
    const step = (step) => {
      const shown = fresh.filter((comment) => !comment.matches(".ignored"));
      if (!shown.length) return;
      place = place < 0 && step < 0 ? shown.length - 1 : (place + step + shown.length) % shown.length;
      goTo(shown[place]);
    };
    const deeds = element("p", "");
    if (fresh.length) {
      const keys = document.createElement("input");
      keys.type = "checkbox";
      keys.checked = localStorage.getItem(QUIET) === null;
      keys.addEventListener("change", () => (keys.checked ? localStorage.removeItem(QUIET) : localStorage.setItem(QUIET, "1")));
      const label = element("label", "");
      label.append(keys, ` ${words.keys}`);
      addEventListener("keydown", (event) => {
        const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
        if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "n") step(+1);
        else if (event.key === "p") step(-1);
      });
      deeds.append(element("button", words.before, () => step(-1)), element("button", words.after, () => step(+1)), label);
    }
    deeds.append(
      element("button", words.read, () => {
        keep([visit[2], Date.now(), visit[2], Date.now()]);
        for (const comment of fresh) {
          comment.classList.remove("new", "changed");
          comment.querySelector(":scope > .comment-head > .fresh")?.remove();
        }
        bar.remove();
        fresh.length = 0;
        discussion.tabIndex = -1;
        discussion.focus({ preventScroll: true });
      }),
    );
    bar.append(deeds);
    if (others.textContent) bar.append(others);
    (discussion.querySelector(".conversations") ?? discussion.lastElementChild)?.before(bar);
    if (jump) step(+1);
  };

  const begin = async () => {
    const news = recent ? await (await fetch(recent)).json() : { rev: Number(discussion.dataset.rev ?? 0), from: 0, comments: [] };
    const now = Date.now();
    const known = visits()[path];
    // The page that live.js offered shows what came after the one before it.
    const goesOn = sessionStorage.getItem("broadsheet:goes-on") === path;
    sessionStorage.removeItem("broadsheet:goes-on");
    if (!known && !news.rev) return; // one comment's own page is no visit of the thread
    let [from, left, seen, at] = known ?? [news.rev, now, news.rev, now];
    if (goesOn || now - at > ABSENCE) [from, left] = [seen, at];
    /** @type {Visit} */
    const visit = [from, left, Math.max(seen, news.rev), now];
    if (news.rev) {
      keep(visit);
      addEventListener("pagehide", () => keep([...(visits()[path] ?? visit).slice(0, 3), Date.now()]));
    }
    const fresh = mark(from, left);
    const others = elsewhere(news, from);
    if (fresh.length || others.textContent) tell(fresh, visit, others, goesOn);
  };
  // Where nothing may be kept, nothing is marked; where the list of pages cannot be had, neither.
  begin().catch(() => {});
}
