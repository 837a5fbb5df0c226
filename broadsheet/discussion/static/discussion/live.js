// @ts-check
// While the page is looked at, ask now and then whether the discussion went on, and offer what is new. Nothing moves under
// the reader's eyes: the offer is a link to the page as it is now.

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
    const link = document.createElement("a");
    link.className = "button";
    link.href = location.pathname;
    link.addEventListener("click", () => sessionStorage.setItem("broadsheet:goes-on", location.pathname));
    link.textContent = more > 0 ? counted(more) : (discussion.dataset.changed ?? "");
    if (offer.textContent !== link.textContent) offer.replaceChildren(link);
  };

  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(discussion.dataset.live ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = await answer.json();
      pause = SHORTEST;
      if (now.rev > seen.rev) show(now);
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
  };

  // Jitter, so that a thousand readers do not ask in step.
  const again = () => setTimeout(() => ask().finally(again), pause * (0.75 + Math.random() / 2));
  again();
}
