"""What a page must not do while it is looked at, and what axe-core finds on it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

_AXE = Axe()
_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
# Runs before the page's own scripts; a violation shows on the console.
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", function (event) {
  console.error("CSP: " + event.violatedDirective + " " + event.blockedURI);
});
"""


# A color on its way from light to dark is neither: what is looked at is where it ends.
_END_TRANSITIONS = """
document.getAnimations()
  .filter(animation => animation instanceof CSSTransition)
  .forEach(transition => transition.finish());
"""


class Watch:
    """Collects console errors, exceptions, CSP violations and requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.complaints: list[str] = []
        self._host = urlsplit(address).netloc
        self._documents: set[str] = set()
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports the status of a page that says “not found” as an error of the page.
        own_status = message.location.get("url") in self._documents
        if message.type in ("error", "warning") and not own_status:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._documents.add(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.complaints.append(f"request to another host: {request.url}")


def axe_complaints(page: Page, *, forced_colors: bool = False) -> list[str]:
    """Return axe-core's violations of WCAG 2.2 AA and of its best practices, one line a node.

    With forced colors the reader's system paints the text, but axe-core still reads the color that
    the style sheet asked for: its contrast rule is left out there.
    """
    options = _OPTIONS | {"rules": {"color-contrast": {"enabled": not forced_colors}}}
    try:
        violations = _violations(page, options)
    except Error:  # a click was just leading on to another page
        violations = _violations(page, options)
    return [f"{rule['id']}: {node['html'][:200]}" for rule, node in _nodes(violations)]


def _violations(page: Page, options: dict[str, object]) -> list[dict[str, list[dict[str, str]]]]:
    page.wait_for_load_state()
    page.evaluate(_END_TRANSITIONS)
    violations: list[dict[str, list[dict[str, str]]]] = _AXE.run(page, options=options).response[
        "violations"
    ]
    return violations


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than the window."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def _nodes(violations: list[dict[str, list[dict[str, str]]]]) -> Iterable[tuple[dict, dict]]:
    return ((rule, node) for rule in violations for node in rule["nodes"])
