"""The template draws a map as it stands, and lets nothing of a label through as markup."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Engine

from trials.geo.locator import locator_map
from trials.geo.points import MapPoint

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(2)">&'


def draw(*points: MapPoint, **context: str) -> str:
    engine = Engine(dirs=[str(TEMPLATES)])
    template = engine.get_template("components/map.html")
    return template.render(Context({"map": locator_map(points), **context}))


def parse(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html.strip())


def test_map_template_works() -> None:
    figure = parse(draw(MapPoint(41.80, 123.43, "Shenyang, China", True)))
    svg = figure.find("div/svg")
    assert svg is not None
    assert svg.get("viewBox") == "0 0 640 460"
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "map-title")
    assert svg.findtext("title[@id='map-title']") == "Map of East Asia. Site 1, Shenyang, China."
    assert [text.text for text in svg.iter("text")] == ["1", "Shenyang"]
    assert "".join(figure.itertext()).strip().endswith("Coastlines: Natural Earth.")


def test_map_ids_differ_where_a_page_asks() -> None:
    figure = parse(draw(MapPoint(41.8, 123.4, "", True), map_id="near"))
    assert [part.get("id") for part in figure.iter("title")] == ["near-title"]


def test_map_needs_no_inline_style_and_nobody_else() -> None:
    html = draw(*(MapPoint(45, i, "A", i % 2 == 0) for i in range(20)))
    for forbidden in ("style=", "<style", "<script", "href", "url(", "http"):
        assert forbidden not in html


def test_first_pin_is_drawn_on_top() -> None:
    html = draw(MapPoint(48.85, 2.35, "Paris", True), MapPoint(45.75, 4.85, "Lyon", True))
    assert html.index(">2</text>") < html.index(">1</text>")


@pytest.mark.parametrize("label", [HOSTILE, f"A{HOSTILE}, B", f"{HOSTILE}, " * 3])
def test_hostile_label_is_text(label) -> None:
    html = draw(MapPoint(48.85, 2.35, label, True), MapPoint(45.75, 4.85, label, False))
    figure = parse(html)
    assert {part.tag for part in figure.iter()} <= {
        "figure", "div", "svg", "title", "path", "text", "figcaption",
    }  # fmt: skip
    assert HOSTILE in (figure.findtext("div/svg/title") or "")
    assert "<script" not in html


def test_drawing_of_thousands_of_sites_has_few_parts() -> None:
    points = [
        MapPoint(-50 + i % 117, -180 + (i * 7919) % 360, f"Town {i}", i % 3 > 0)
        for i in range(3_000)
    ]
    html = draw(*points)
    assert len(list(parse(html).iter())) <= 3 + 3 + 3 * 12 + 2
    assert len(html) < 14_000
