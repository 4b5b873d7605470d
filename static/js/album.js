// An album's pictures, one at a time over the page: keys, buttons, a swipe, Escape. Without it the links open the files.

for (const album of document.querySelectorAll("[data-rc-album]")) {
  const links = [...album.querySelectorAll("[data-rc-album-open]")];
  const words = album.dataset;
  const view = document.createElement("dialog");
  view.className = "rc-album-view";
  view.setAttribute("aria-label", words.rcTitle || document.title);
  const bar = document.createElement("div");
  bar.className = "rc-album-view__bar";
  const count = document.createElement("span");
  const buttons = document.createElement("div");
  const frame = document.createElement("div");
  frame.className = "rc-album-view__frame";
  const caption = document.createElement("p");
  caption.setAttribute("aria-live", "polite");
  let at = 0;

  // The same picture in the width this screen needs, in the best format made.
  function large(link) {
    const picture = link.querySelector("picture").cloneNode(true);
    for (const source of picture.children) if (source.srcset) source.sizes = "100vw";
    const image = picture.querySelector("img");
    if (!image.srcset) image.src = link.href;
    image.loading = "eager";
    return picture;
  }

  function show(number) {
    at = (number + links.length) % links.length;
    const link = links[at];
    frame.replaceChildren(large(link));
    const told = link.closest("figure")?.querySelector("figcaption");
    caption.textContent = told ? told.textContent.trim() : "";
    count.textContent = `${at + 1} / ${links.length}`;
  }

  for (const [word, press] of [
    [words.rcBack, () => show(at - 1)],
    [words.rcNext, () => show(at + 1)],
    [words.rcClose, () => view.close()],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", press);
    buttons.append(button);
  }
  bar.append(count, buttons);
  view.append(bar, frame, caption);
  let began = null;
  frame.addEventListener("touchstart", (event) => {
    began = event.touches.length === 1 ? event.touches[0].clientX : null;
  });
  frame.addEventListener("touchend", (event) => {
    const moved = began === null ? 0 : event.changedTouches[0].clientX - began;
    began = null;
    if (Math.abs(moved) > 40) show(moved < 0 ? at + 1 : at - 1);
  });
  view.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  view.addEventListener("close", () => links[at].focus());
  document.body.append(view);
  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(number);
      view.showModal();
    }),
  );
}
