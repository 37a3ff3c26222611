"""The account pages in Chromium: a first login, an app, a passkey, and both at the next login."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.accounts.steps import code_of
from tests.browser.conftest import LOOKS, Look, Visit
from tests.browser.watch import axe_complaints, scrolls_sideways
from tests.project.processes import Demo

PATHS = ("login/", "password/choose/")
OWN = (
    "logout/",
    "password/",
    "second-step/",
    "second-step/app/",
    "second-step/passkeys/",
    "second-step/passkeys/add/",
)


def _complaints(page: Page, look: Look) -> list[str]:
    found = axe_complaints(page, forced_colors=look.forced_colors == "active")
    return found + (["scrolls sideways"] if scrolls_sideways(page) else [])


@pytest.mark.parametrize("look", [LOOKS[0], *LOOKS[3:]], ids=str)
def test_account_pages_are_accessible_in_every_look(visit: Visit, portal: Demo, look: Look) -> None:
    page = visit("/account/login/", look)
    _log_in(page, portal, "demo-writer")
    page.wait_for_selector("#site-name")
    found = {}
    for path in OWN:
        page.goto(f"/account/{path}")
        found[path] = _complaints(page, look)
    page.context.clear_cookies()
    for path in PATHS:
        page.goto(f"/account/{path}")
        found[path] = _complaints(page, look)
    assert {path: what for path, what in found.items() if what} == {}


def test_app_and_passkey_open_the_desk(visit: Visit, portal: Demo) -> None:
    # A passkey belongs to a host name; numbers are none.
    home = portal.address.replace("127.0.0.1", "localhost")
    page = visit("/account/login/", at=home)
    _add_key_reader(page.context, page)
    try:
        _use_app_and_passkey(page, portal, home)
    finally:
        portal.manage("create_staff", "demo-reviewer", "--forget-second-factor")


def _use_app_and_passkey(page: Page, portal: Demo, home: str) -> None:
    _log_in(page, portal, "demo-reviewer")
    page.goto(f"{home}/account/second-step/app/")
    secret = page.locator("main ol strong").inner_text()
    page.fill("#id_code", code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/second-step/codes/")
    assert page.locator("main code").count() == 10

    page.goto(f"{home}/account/second-step/passkeys/add/")
    page.fill("#id_name", "Blue key")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/second-step/")
    assert "You have 1." in page.locator("main").inner_text()

    page.context.clear_cookies()
    page.goto(f"{home}/account/login/")
    _log_in(page, portal, "demo-reviewer")
    page.wait_for_url("**/second-step/show/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_selector("#site-name")


def _log_in(page: Page, portal: Demo, name: str) -> None:
    page.fill("#id_login", name)
    page.fill("#id_password", portal.account()[1])
    page.get_by_role("button", name="Log in").click()


def _add_key_reader(context: BrowserContext, page: Page) -> None:
    """Give the browser a key that always says yes."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
