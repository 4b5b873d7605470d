// The demo's second-step codes change every half minute: fetch this page again and take the new ones.
const HALF_MINUTE = 30_000;

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const code of document.querySelectorAll("[data-rc-demo-code]")) {
      const fresh = page.querySelector(`[data-rc-demo-code="${code.dataset.rcDemoCode}"]`);
      if (fresh) code.textContent = fresh.textContent;
    }
  } finally {
    wait();
  }
}

function wait() {
  setTimeout(refresh, HALF_MINUTE - (Date.now() % HALF_MINUTE) + 500);
}

wait();

// One press walks in as an account: its name and password here, its code at the second step.
const CHOSEN = "rc-demo-account";
const box = document.querySelector("[data-rc-demo-password]");
const login = document.querySelector("main input[name=login]");
const code = document.querySelector("main input[name=code]");

function enter(username) {
  sessionStorage.setItem(CHOSEN, username);
  login.value = username;
  login.form.elements.password.value = box.dataset.rcDemoPassword;
  login.form.requestSubmit();
}

if (login?.form.elements.password) {
  for (const button of document.querySelectorAll("[data-rc-demo-enter]")) {
    button.hidden = false;
    button.addEventListener("click", () => enter(button.dataset.rcDemoEnter));
  }
}

// Only once for a press: a code that was refused is typed by hand.
const chosen = sessionStorage.getItem(CHOSEN);
if (code && chosen) {
  sessionStorage.removeItem(CHOSEN);
  code.value = document.querySelector(`[data-rc-demo-code="${CSS.escape(chosen)}"]`)?.textContent ?? "";
  if (code.value) code.form.requestSubmit();
}
