"""A real browser before a real server: every page it opens must be clean, and say so at the end."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Colours fade from light to dark, inherited ones one level a frame: wait until nothing moves any more.
STILL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let calm = 0; calm < 3; calm = document.getAnimations().length ? 0 : calm + 1) await frame();
}"""
# In the dark a page has other colours and nothing else (one media query, in tokens.css; test_house holds it).
LOOKED_AT: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=30_000)  # as long as every other act may take: a busy machine is no defect


@dataclass
class Visitor:
    """One person's browser: its page, and what its console complained of (policy breaches among it)."""

    context: BrowserContext
    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.home + path)

    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def axe_finds(self) -> list[str]:
        """What axe finds on this page, light and dark; its own console lines are not counted."""
        heard = list(self.complaints)
        found = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.evaluate(STILL)
            result: Any = Axe().run(self.page, options=LOOKED_AT[scheme])
            found += [
                f"{scheme} {self.path()} {v['id']} {node['target']} {node.get('failureSummary', '')}"
                for v in result.response["violations"]
                for node in v["nodes"]
            ]
        self.complaints[:] = heard
        return found


Arrive = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield launched
        launched.close()


@pytest.fixture
def portal(transactional_db: None) -> Iterator[str]:
    """The portal on a port of this machine, static files served as in production; gives its address."""
    as_served: Any = lambda application: application  # noqa: E731
    thread = LiveServerThread("localhost", static_handler=as_served)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def arrive(browser: Browser, portal: str) -> Iterator[Arrive]:
    """Makes visitors; at the end no console may have complained."""
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, has_script: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=has_script,
            locale="vi-VN",
            reduced_motion="reduce",
        )
        visitor = Visitor(context, context.new_page(), portal)

        def heard(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                visitor.complaints.append(f"{visitor.page.url}: {message.text}")

        visitor.page.on("console", heard)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitors.append(visitor)
        return visitor

    yield make
    complaints = [line for visitor in visitors for line in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
