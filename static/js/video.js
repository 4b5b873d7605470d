// A video from elsewhere: its frame is made when the reader presses play, never before.

for (const box of document.querySelectorAll("[data-rc-video]")) {
  const ask = box.querySelector("a");
  ask.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = box.dataset.rcVideo;
    frame.title = box.dataset.rcTitle;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    // YouTube refuses to play for a page that tells nothing of itself.
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    box.replaceChildren(frame);
    frame.focus();
  });
}
