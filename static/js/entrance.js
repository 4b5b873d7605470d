// Comforts of the pages of signing in. They all work without it.

// After a refused form the sentence that says why gets the focus, or the first wrong field.
const trouble = document.querySelector("[data-rc-focus]") ?? document.querySelector("[aria-invalid=true]");
trouble?.focus();

// A password can be shown while it is typed.
for (const field of document.querySelectorAll("input[data-rc-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rc-button rc-button--quiet rc-button--small rc-show-password";
  button.textContent = field.dataset.rcShow;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    field.focus();
  });
  field.after(button);
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

for (const button of document.querySelectorAll("[data-rc-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
