// @ts-check
// A reader's comments that wait for a moderator, for their own eyes: beneath what they answer, else beneath the form.
// Where there are any, mine.js or own.js asks for this.

const discussion = /** @type {HTMLElement | null} */ (document.querySelector("#discussion"));

/** @typedef {{ path: string, seq: number, parent: number | null, html: string, pictures: string, receipt: string }} Held */

/** @param {Held[]} held */
export const show = (held) => {
  for (const { path, seq, parent, html, pictures, receipt } of held.reverse()) {
    if (path !== discussion?.dataset.path || discussion.querySelector(`.held[data-seq="${seq}"]`)) continue;
    const comment = document.createElement("article");
    comment.className = "comment held";
    comment.innerHTML = `<p class="comment-head"></p><div class="comment-text" dir="auto">${html}</div>${pictures}<p class="deeds"><a></a></p>`;
    const [head, link] = /** @type {HTMLAnchorElement[]} */ ([...comment.querySelectorAll(".comment-head, .deeds > a")]);
    head.textContent = discussion.dataset.waits ?? "";
    link.textContent = discussion.dataset.own ?? "";
    link.href = receipt;
    comment.dataset.seq = `${seq}`;
    const answered = parent && document.querySelector(`#c-${parent} > .deeds`);
    (answered || document.getElementById("say") || discussion.firstElementChild)?.after(comment);
  }
};
