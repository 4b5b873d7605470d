"""README's pictures, taken of the running demo: `bin/screenshots [ADDRESS]`."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from redcross.demo.accounts import PASSWORD

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def sign_in(page: Page, address: str, username: str) -> None:
    """Through the sign-in page, with the code it shows in the demo."""
    page.goto(f"{address}/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.fill("input[name=code]", current_code(username))
    page.locator("main form button[type=submit]").first.click()


def current_code(username: str) -> str:
    """The demo account's second-step code of this half minute."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redcross.settings")
    os.environ["REDCROSS_MODE"] = "demo"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    from redcross.demo.shown import shown_accounts

    return next(account.code for account in shown_accounts() if account.username == username)


def main(arguments: list[str]) -> None:
    address = (arguments or ["http://127.0.0.1:8000"])[0].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="vi-VN")
        page.goto(f"{address}/", wait_until="networkidle")
        page.screenshot(path=FOLDER / "home.png")
        sign_in(page, address, "duyet-bai")
        page.goto(f"{address}/lam-viec/tin-bai/", wait_until="networkidle")
        page.screenshot(path=FOLDER / "work.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
