// @ts-check
// What is pasted into the text editor from elsewhere, straightened before the editor reads it: the editor itself knows
// Word's lists and Google's wrappers, but not headings it does not offer, tables, nor what is not meant to be seen.
(() => {
  const UNSEEN = 'script, style, template, noscript, nav, img, svg, [hidden], [aria-hidden="true"], [style*="display: none"], [style*="display:none"]';
  const HEADINGS = { H1: "h2", H5: "h4", H6: "h4" };
  const OURS = /data-draftjs-conductor-fragment|data-offset-key/; // from this editor or another like it

  function renamed(element, name) {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  }

  function unwrapped(element) {
    element.replaceWith(...element.childNodes);
  }

  /** A paragraph for each row: the words stay apart, and can be moved into a table block. */
  function flattened(table) {
    const lines = [...table.querySelectorAll("caption, tr")].map((line) => {
      const cells = line.tagName === "TR" ? [...line.children] : [line];
      const paragraph = table.ownerDocument.createElement("p");
      paragraph.textContent = cells.map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(" | ");
      return paragraph;
    });
    table.replaceWith(...lines);
  }

  /** The same words as plainer HTML. */
  function straightened(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const element of body.querySelectorAll(UNSEEN)) element.remove();
    for (const element of body.querySelectorAll('b[id^="docs-internal"]')) unwrapped(element); // Google's wrapper, not bold
    for (const element of body.querySelectorAll("h1, h5, h6")) renamed(element, HEADINGS[element.tagName]);
    for (const element of body.querySelectorAll(":is(h2, h3, h4) :is(b, strong)")) unwrapped(element);
    for (const element of body.querySelectorAll(":is(h2, h3, h4)[style], :is(h2, h3, h4) [style]")) element.removeAttribute("style");
    for (const element of body.querySelectorAll("table")) if (body.contains(element)) flattened(element);
    for (const element of body.querySelectorAll("p, h2, h3, h4, li")) if (!element.textContent.trim()) element.remove();
    return body.innerHTML.trim();
  }

  document.addEventListener("paste", (event) => {
    const field = event.target instanceof Node && event.target.parentElement?.closest(".Draftail-Editor");
    const html = event.clipboardData?.getData("text/html");
    if (!field || !html || event["straightened"] || OURS.test(html)) return;
    const data = new DataTransfer();
    data.setData("text/plain", event.clipboardData.getData("text/plain"));
    data.setData("text/html", straightened(html));
    const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    again["straightened"] = true;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.dispatchEvent(again);
  }, true);
})();
