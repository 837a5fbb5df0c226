// @ts-check
// A reader's comments that wait for a moderator, beneath the form and for their own eyes. mine.js asks for it where there are any.

/** @param {{ path: string, seq: number, html: string, pictures: string, receipt: string }[]} held @param {HTMLFormElement} form */
export const show = (held, form) => {
  const discussion = /** @type {HTMLElement | null} */ (form.closest("#discussion"));
  const here = held.filter(({ path }) => path === discussion?.dataset.path);
  for (const { seq, html, pictures, receipt } of here.reverse()) {
    const comment = document.createElement("article");
    comment.className = "comment held";
    comment.innerHTML = `<p class="comment-head"></p><div class="comment-text" dir="auto">${html}</div>${pictures}<p class="deeds"><a></a></p>`;
    const [head, link] = /** @type {HTMLAnchorElement[]} */ ([...comment.querySelectorAll(".comment-head, .deeds > a")]);
    head.textContent = form.dataset.waits ?? "";
    link.textContent = discussion?.dataset.own ?? "";
    link.href = receipt;
    comment.dataset.seq = `${seq}`;
    form.after(comment);
  }
};
