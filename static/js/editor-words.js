// The rich editor's own words, in the language of the page: asked before the editor is loaded.

const told = document.getElementById("rc-editor-words");
const words = told ? JSON.parse(told.textContent) : {};

window.gettext = (text) => words[text] ?? text;

// The buttons of its menu do not ask gettext: they are named here, again whenever something in `box` changes.
export function nameButtons(box) {
  const name = () => {
    for (const button of box.querySelectorAll(".prose-menubar__button")) {
      for (const attribute of ["title", "aria-label"]) {
        const word = words[button.getAttribute(attribute)];
        if (word) button.setAttribute(attribute, word);
      }
    }
    for (const option of document.querySelectorAll(".prose-menubar__option > *, dialog option")) {
      const word = words[option.textContent];
      if (!word) continue;
      if (option.localName === "option") option.setAttribute("value", option.value);
      option.textContent = word;
    }
  };
  const watch = { subtree: true, childList: true, attributeFilter: ["title", "aria-label"] };
  const observer = new MutationObserver(name);
  observer.observe(box, watch);
  observer.observe(document.body, { childList: true }); // a question of the editor's, with its answers
  name();
}
