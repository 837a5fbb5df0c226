// @ts-check
// Where words of a comment are selected, a button beside "Reply" brings them into an answer, as a quotation.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#say"));
const text = form?.querySelector("textarea");

if (form && text) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = form.dataset.quote ?? "";
  let words = "";

  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const inside = selection?.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null;
    const said = (inside instanceof Element ? inside : inside?.parentElement)?.closest(".comment-text");
    const reply = said?.parentElement?.querySelector(":scope > .deeds > .reply");
    const chosen = reply ? String(selection).trim() : "";
    if (!chosen && document.activeElement === button) return;
    words = chosen;
    if (words) reply?.after(button);
    else button.remove();
  });

  button.addEventListener("mousedown", (event) => event.preventDefault()); // which would end the selection
  button.addEventListener("click", () => {
    const seq = button.closest("article")?.dataset.seq;
    form.dispatchEvent(new CustomEvent("answer", { detail: seq, cancelable: true }));
    button.remove();
    text.value = `${text.value.trim()}\n\n${words.replace(/^/gm, "> ")}\n\n`.trimStart();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}
