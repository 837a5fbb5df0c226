// @ts-check
// While the discussion is looked at, ask now and then whether it went on, and offer what is new. Nothing moves under the
// reader's eyes: the offer is a link to the page as it is now. It is read out once, and only shown when it grows.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion[data-live]"));
const SHORTEST = 15_000; // milliseconds
const LONGEST = 300_000;

if (discussion) {
  const seen = { rev: Number(discussion.dataset.rev), count: Number(discussion.dataset.count) };
  const offer = document.createElement("p");
  offer.className = "live";
  offer.setAttribute("role", "status");
  discussion.append(offer);
  let pause = SHORTEST;
  let near = false;
  let over = false;

  // The page brings the words, and one form of them for each of its language's plural categories.
  const language = document.documentElement.lang;
  const forms = JSON.parse(discussion.dataset.new ?? "{}");
  /** @param {number} more */
  const counted = (more) => {
    const form = forms[new Intl.PluralRules(language).select(more)] ?? forms.other;
    return form.replace("%(n)s", more.toLocaleString(language, { numberingSystem: "latn" }));
  };

  /** @param {{ rev: number, count: number }} now */
  const show = (now) => {
    const more = now.count - seen.count;
    const said = more > 0 ? counted(more) : (discussion.dataset.changed ?? "");
    const shown = offer.querySelector("a");
    if (shown?.textContent === said) return;
    if (shown) {
      offer.setAttribute("aria-live", "off");
      shown.textContent = said; // the same link, which may have the focus
      return;
    }
    const link = document.createElement("a");
    link.className = "button";
    link.href = location.pathname;
    link.textContent = said;
    link.addEventListener("click", () => sessionStorage.setItem("broadsheet:goes-on", location.pathname));
    offer.append(link);
  };

  /** How long an answer that says "later" asks us to wait. @param {Response} answer */
  const asked = (answer) => (Number(answer.headers.get("Retry-After")) || 0) * 1000;

  const ask = async () => {
    try {
      const answer = await fetch(discussion.dataset.live ?? "", { headers: { Accept: "application/json" } });
      over = answer.status === 404 || answer.status === 410;
      if (!answer.ok) {
        pause = Math.min(Math.max(pause * 2, asked(answer)), LONGEST);
        return;
      }
      const now = await answer.json();
      pause = SHORTEST;
      if (now.rev > seen.rev) show(now);
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
  };

  // Jitter of a third, so that a thousand readers do not ask in step.
  const again = () => {
    setTimeout(async () => {
      if (near && document.visibilityState === "visible") await ask();
      if (!over) again();
    }, pause * (2 / 3 + (Math.random() * 2) / 3));
  };
  new IntersectionObserver(([entry]) => (near = entry.isIntersecting), { rootMargin: "50%" }).observe(discussion);
  again();
}
