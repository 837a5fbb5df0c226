// @ts-check
// "Reply" brings the form to the comment it answers, instead of opening the comment's own page. So does the event "answer"
// at the form, with the comment's number; it tells by preventDefault() that the comment stands on this page.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#say"));
const parent = /** @type {HTMLInputElement | null} */ (form?.elements.namedItem("parent") ?? null);

if (form && parent) {
  const place = document.createComment("the form's own place");
  form.before(place);
  const back = document.createElement("button");
  back.type = "button";
  back.className = "button quiet";
  back.textContent = form.dataset.back ?? "";
  back.hidden = true;
  form.querySelector(".send")?.append(back);

  /** @param {HTMLElement} link */
  const answer = (link) => {
    link.closest(".deeds")?.after(form);
    parent.value = link.dataset.seq ?? "";
    back.hidden = false;
  };

  form.addEventListener("answer", (event) => {
    const seq = event instanceof CustomEvent ? Number(event.detail) : 0;
    const link = document.querySelector(`a.reply[data-seq="${seq}"]`);
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    answer(link);
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.reply") : null;
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link instanceof HTMLElement && plain) {
      event.preventDefault();
      answer(link);
      form.querySelector("textarea")?.focus();
    }
  });

  back.addEventListener("click", () => {
    const link = form.parentElement?.querySelector(":scope > .deeds a.reply");
    place.after(form);
    parent.value = "";
    back.hidden = true;
    if (link instanceof HTMLElement) link.focus();
  });
}
