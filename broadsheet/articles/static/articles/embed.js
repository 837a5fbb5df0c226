// @ts-check
// What stands elsewhere is asked for when a reader presses the button, and not before.
for (const figure of document.querySelectorAll("figure[data-player]")) {
  const offer = figure.querySelector(".embed-load");
  if (!(figure instanceof HTMLElement) || !(offer instanceof HTMLElement)) continue;
  offer.hidden = false;
  offer.querySelector("button")?.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = figure.querySelector("cite")?.textContent ?? "";
    frame.allow = "fullscreen; picture-in-picture";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    frame.referrerPolicy = "strict-origin"; // YouTube plays for nobody who does not say where they are
    frame.src = figure.dataset.player ?? "";
    figure.querySelector("img")?.remove();
    figure.prepend(frame);
    offer.remove();
    frame.focus();
  });
}
