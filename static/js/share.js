// Sharing without anybody else: the device's own sheet, the clipboard, the printer. Links work without this.

const group = document.querySelector("[data-rc-share]");

if (group) {
  const url = group.dataset.rcShare;
  const native = group.querySelector("[data-rc-share-native]");
  const copy = group.querySelector("[data-rc-copy]");
  const print = group.querySelector("[data-rc-paper]");

  if (navigator.share) {
    native.hidden = false;
    native.addEventListener("click", () => navigator.share({ title: group.dataset.rcTitle, url }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      copy.lastChild.textContent = copy.dataset.rcCopied;
      group.querySelector("[data-rc-said]").textContent = copy.dataset.rcCopied;
    });
  }
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
