"""The demonstration as `make run` serves it, seen through a real Chromium.

Without a browser these tests are skipped, or fail where CI=true demands one.
"""

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watch import Watch
from tests.project.processes import Demo
from tests.project.production import REPOSITORY

MANY_SITES = "NCT99909999"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    name: str
    width: int = 1280
    scheme: str = "light"
    forced_colors: str = "none"
    script: bool = True

    def __str__(self) -> str:
        return self.name


DESKTOP = Look("desktop")
PHONE = Look("phone", width=390)
LOOKS = (
    DESKTOP,
    PHONE,
    Look("dark-desktop", scheme="dark"),
    Look("dark-phone", width=390, scheme="dark"),
    Look("forced-colors", forced_colors="active"),
    Look("narrow", width=320),
)
Visit = Callable[..., Page]
LogIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser, or skip."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not path:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("no Chromium or Chrome was found; install chromium or set CHROMIUM to its path")
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Return Chromium. One a file: its event loop would forbid the database to tests behind it."""
    flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Serve the demonstration, with one trial more that has 300 sites."""
    folder = tmp_path_factory.mktemp("browser")
    with Demo(folder / "var") as demo:
        demo.start()
        demo.manage("import_studies", str(_trial_with_many_sites(folder)))
        yield demo


@pytest.fixture
def visit(browser: Browser, portal: Demo) -> Iterator[Visit]:
    """Open a page of the portal; at the end nothing that it must not do may have happened."""
    watches: list[Watch] = []
    contexts = []

    def open_page(path: str, look: Look = DESKTOP, at: str = portal.address) -> Page:
        context = browser.new_context(
            base_url=at,
            viewport={"width": look.width, "height": 900},
            color_scheme=look.scheme,
            forced_colors=look.forced_colors,
            java_script_enabled=look.script,
        )
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, at))
        page.goto(path)
        return page

    yield open_page
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def log_in(visit: Visit, portal: Demo) -> LogIn:
    """Open a page of the desk as somebody who works there."""

    def open_desk(name: str, path: str = "/admin/", look: Look = DESKTOP) -> Page:
        page = visit(path, look)
        page.fill("#id_login", name)
        page.fill("#id_password", portal.account()[1])
        page.get_by_role("button", name="Log in").click()
        page.wait_for_selector("#site-name")
        return page

    return open_desk


@pytest.fixture
def admin(visit: Visit, portal: Demo) -> Page:
    """Return the admin's first page, logged in with the printed account."""
    page = visit("/admin/")
    name, password = portal.account()
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("#site-name")
    return page


def _trial_with_many_sites(folder: Path) -> Path:
    """Write the first fixture again under another number, its sites repeated to 300."""
    study = json.loads((REPOSITORY / "fixtures/studies/NCT07193667.json").read_text())
    protocol = study["protocolSection"]
    protocol["identificationModule"]["nctId"] = MANY_SITES
    places = protocol["contactsLocationsModule"]["locations"]
    protocol["contactsLocationsModule"]["locations"] = [
        copy.deepcopy(place) | {"facility": f"Invented Hospital {number}"}
        for number, place in zip(range(300), places * 300, strict=False)
    ]
    path = folder / f"{MANY_SITES}.json"
    path.write_text(json.dumps(study))
    return path
