// The colours a person chose on this device: auto, light or dark. Kept here only, never sent.

const key = "rc-theme";

function chosen() {
  try {
    return localStorage.getItem(key) ?? "auto";
  } catch {
    return "auto";
  }
}

function apply(choice) {
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-rc-theme] button")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
}

function remember(choice) {
  try {
    if (choice === "auto") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // a device that keeps nothing still changes this page
  }
}

function begin() {
  for (const group of document.querySelectorAll("[data-rc-theme]")) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      remember(button.value);
      apply(button.value);
    });
  }
  apply(chosen());
}

apply(chosen());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
