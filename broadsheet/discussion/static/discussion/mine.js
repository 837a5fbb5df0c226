// @ts-check
// What is private to a signed-in reader comes in one small answer, asked for only where the marker cookie stands.

const talk = /** @type {HTMLElement | null} */ (document.querySelector("#discussion"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#say"));

/** @param {{ name: string | null, unread: number }} mine */
const show = (mine) => {
  if (!form || !mine.name) return;
  for (const field of form.querySelectorAll(".field")) {
    field.querySelector("input")?.removeAttribute("required");
    field.setAttribute("hidden", "");
  }
  const line = document.createElement("p");
  line.className = "writing-as";
  line.textContent = (form.dataset.writingAs ?? "").replace("%(name)s", () => mine.name ?? "");
  if (mine.unread) {
    const notices = document.createElement("a");
    notices.href = "/notices/";
    notices.textContent = `${form.dataset.notices} (${mine.unread.toLocaleString(document.documentElement.lang)})`;
    line.append(" · ", notices);
  }
  form.querySelector(".foot")?.prepend(line);
};

if (talk && /(^|; )signed_in=1(;|$)/.test(document.cookie)) {
  const answer = await fetch("/mine.json", { headers: { Accept: "application/json" } });
  if (answer.ok) {
    const mine = await answer.json();
    show(mine);
    if (mine.moderates && talk.dataset.newsroom) import(talk.dataset.newsroom);
    if (talk.dataset.waiting && mine.held.length) (await import(talk.dataset.waiting)).show(mine.held);
    document.dispatchEvent(new CustomEvent("mine", { detail: mine }));
  }
}
