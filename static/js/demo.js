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
