"""All public addresses: a sample of each route, and what the pages link to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from html5lib.html5parser import HTMLParser

# A sample of every public route, with the status that it answers. A new route needs a line here.
SAMPLES: dict[str, dict[str, int]] = {
    "home": {"/": 200},
    "trial-list": {
        "/trials/": 200,
        "/trials/?q=lupus&place=Leeds&age=34": 200,
        "/trials/?q=lupus&age=old&phase=PHASE9&place=Qxzzy": 200,
        "/trials/?q=asthma&page=99": 200,
        "/trials/?q=qxzzy&why=NCT07193667": 200,
    },
    "trial-download": {"/trials/download.csv": 200},
    "trial-detail": {
        "/trials/NCT07193667/": 200,
        "/trials/NCT99900002/": 403,
        "/trials/NCT99900004/": 410,
        "/trials/NCT09999999/": 404,
        "/trials/lupus/": 404,
    },
    "trial-doctor-sheet": {"/trials/NCT07193667/doctor/": 200},
    "trial-report": {
        "/trials/NCT07193667/report/": 200,
        "/trials/NCT99900002/report/": 403,
    },
    "trial-report-sent": {"/trials/NCT07193667/report/sent/": 200},
    "trial-preview": {"/trials/NCT07193667/preview/": 302},
    "trial-sites": {"/trials/NCT99900001/sites/": 200},
    "trial-site-table": {
        "/trials/NCT99900001/sites.csv": 200,
        "/trials/NCT99900002/sites.csv": 403,
    },
    "find-by-number": {
        "/find/": 200,
        "/find/?number=NCT123": 400,
        "/find/?number=NCT09999999": 404,
    },
    "condition-list": {
        "/conditions/": 200,
        "/conditions/?letter=l": 200,
        "/conditions/?letter=l&status=all": 200,
        "/conditions/?letter=zz": 404,
        "/conditions/?q=lu": 200,
        "/conditions/?q=lupis": 200,
        "/conditions/?q=": 400,
    },
    "condition-detail": {
        "/conditions/long-list/": 200,
        "/conditions/long-list/?page=2": 200,
        "/conditions/another-name/": 302,
        "/conditions/nothing/": 404,
    },
    "glossary": {"/glossary/": 200},
    "glossary-term": {"/glossary/placebo/": 200, "/glossary/nothing/": 404},
    "confirm": {"/confirm/": 404, "/confirm/?key=cut": 404},
    "confirm-corrections": {"/confirm/corrections/": 404},
    "confirm-thanks": {
        "/confirm/thanks/change/": 200,
        "/confirm/thanks/corrections/": 200,
        "/confirm/thanks/no/": 404,
    },
    "freshness": {"/freshness/": 200},
    "freshness-json": {"/freshness.json": 200},
    "unsubscribe": {"/unsubscribe/": 404, "/unsubscribe/?key=cut": 404},
    "sign-in": {"/coordinators/": 200},
    "sign-in-enter": {"/coordinators/enter/": 404, "/coordinators/enter/?key=cut": 404},
    "team-left": {"/coordinators/left/": 200},
    "team-account": {"/coordinators/account/": 302},
    "team-sites": {"/coordinators/sites/": 302},
    "team-site": {"/coordinators/sites/1/": 302},
    "team-registry-sheet": {"/coordinators/sites/1/registry-sheet/": 302},
    "about": {"/about/": 200},
    "how-we-work": {"/how-we-work/": 200},
    "privacy": {"/privacy/": 200},
    "accessibility": {"/accessibility/": 200},
}
# Routes that answer with something other than a page, or only to POST.
NOT_PAGES = {"team-sign-out", "choose-theme", "healthz", "readyz", "robots", "favicon"}
# Pages of staff have tests of their own: tests/accounts, tests/admin.
STAFF_ONLY = {"admin/", "account/"}
BEYOND_ROUTES = {"/nothing/": 404}
# Links that a reader follows one at a time; the walk takes the first pages.
_WALKED_AT_MOST = 600
# The same form for each site of a long list.
_OF_A_SITE = "/report/?site="
_SEARCHES = ("/trials/?", "/trials/download.csv")


@dataclass(frozen=True)
class Page:
    """An answer and its tree. Element names have no namespace."""

    path: str
    response: HttpResponse
    content: bytes

    @property
    def kind(self) -> str:
        """The media type, such as `text/html`."""
        return self.response.get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """The page's source."""
        return self.content.decode()

    @cached_property
    def parsed(self) -> tuple[Element, list[object]]:
        """The page's elements, and what html5lib found wrong with their source."""
        parser = HTMLParser(namespaceHTMLElements=False)
        return parser.parse(self.text), parser.errors

    @property
    def tree(self) -> Element:
        """The page's elements."""
        return self.parsed[0]

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of some names, in the order of the page."""
        return [element for element in self.tree.iter() if element.tag in tags]

    @property
    def links(self) -> set[str]:
        """The addresses of our own that the page links to, loads, or sends forms to by GET."""
        return {
            urldefrag(address)[0]
            for address in (urljoin(self.path, target) for target in self._targets())
            if not urlsplit(address).netloc and not urlsplit(address).scheme
        }

    def _targets(self) -> Iterator[str]:
        for element in self.all("a", "link"):
            if element.get("rel") != "canonical":
                yield element.get("href", "")
        for element in self.all("script", "img"):
            yield element.get("src", "")
        for form in self.all("form"):
            if form.get("method") == "get":
                yield form.get("action", "")


def route_names(patterns: list[URLPattern | URLResolver] | None = None) -> set[str]:
    """Return the names of all public routes; raise ValueError for one without a name."""
    names = set()
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) not in STAFF_ONLY:
                names |= route_names(pattern.url_patterns)
        elif not pattern.name:
            raise ValueError(f"the route {pattern.pattern} has no name")
        else:
            names.add(pattern.name)
    return names


def sample_paths() -> dict[str, int]:
    """Return every sample's address and expected status."""
    return {path: code for group in SAMPLES.values() for path, code in group.items()} | (
        BEYOND_ROUTES
    )


def fetch(client: Client, path: str) -> Page:
    """Fetch an address, a static file too."""
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Page(path, response, content)


def walk(client: Client) -> dict[str, Page]:
    """Fetch the samples and everything that they lead to.

    Searches lead to ever more searches: of those the walk takes the samples alone, as of the
    report form, which a long list of sites links once a site.
    """
    pages: dict[str, Page] = {}
    waiting = list(sample_paths())
    while waiting:
        path = waiting.pop(0)
        if path in pages:
            continue
        assert len(pages) < _WALKED_AT_MOST, "the walk does not end"
        pages[path] = fetch(client, path)
        if pages[path].kind == "text/html":
            new = sorted(pages[path].links - pages.keys())
            waiting += [
                link for link in new if not link.startswith(_SEARCHES) and _OF_A_SITE not in link
            ]
    return pages
