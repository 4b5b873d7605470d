// Small manners of the signed-in pages. Everything here is a comfort: the pages work without it.

// A folded menu closes on Escape and on a click elsewhere.
const folds = "details[class*='__menu'], details[class*='__more']";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of document.querySelectorAll(folds)) {
    if (!fold.open) continue;
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const fold of document.querySelectorAll(folds)) {
    if (fold.open && !fold.contains(event.target)) fold.open = false;
  }
});

// After a refused form the list of what is wrong gets the focus.
document.querySelector("[data-rc-focus]")?.focus();

// "Print" buttons.
for (const button of document.querySelectorAll("[data-rc-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A filter form sends itself when a choice changes; its button stays for those without script.
for (const form of document.querySelectorAll("form[data-rc-filters]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}

// A button that has been pressed is not pressed twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method !== "post") return;
  requestAnimationFrame(() => button.setAttribute("aria-disabled", "true"));
  addEventListener("pageshow", () => button.removeAttribute("aria-disabled"), { once: true });
});

// A long list of things to tick gets a field that narrows it; accents are optional.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

for (const box of document.querySelectorAll("[data-rc-narrow]")) {
  const rows = [...box.querySelectorAll("label:has(input)")].map((label) => [label, plain(label.textContent)]);
  if (rows.length < 12) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = box.dataset.rcNarrow;
  field.setAttribute("aria-label", box.dataset.rcNarrow);
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const [label, text] of rows) label.parentElement.hidden = !words.every((word) => text.includes(word));
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  box.prepend(field);
}
