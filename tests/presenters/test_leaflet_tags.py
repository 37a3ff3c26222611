"""The leaflet's template tags."""

import re

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from hypothesis import given
from hypothesis import strategies as st

from trials.pages.presenters import prose
from trials.terms import plain
from trials.terms.registry import OverallStatus


def render(source: str, **context: object) -> str:
    return Template("{% load leaflet %}" + source).render(Context(context))


def test_words_escape_a_text() -> None:
    assert render("{% words text %}", text="a < b & <i>") == "a &lt; b &amp; &lt;i&gt;"


def test_words_mark_another_language_and_its_direction() -> None:
    assert render("{% words text %}", text="مستشفى") == ('<span lang="ar" dir="rtl">مستشفى</span>')


def test_words_keep_car_t_on_one_line() -> None:
    assert render("{% words text %}", text="A CAR-T <trial>") == (
        'A <span class="nobr">CAR-T</span> &lt;trial&gt;'
    )


@pytest.mark.parametrize("code", OverallStatus)
def test_status_shows_words_shape_and_color(code: str) -> None:
    words = plain.status(code)

    html = render("{% status words %}", words=words)

    assert html.startswith(f'<p class="status {words.tab}"><span class="vh">Recruitment status:')
    assert "<svg" in html
    assert html.endswith(f"{words.words}</p>")


def test_status_on_a_sheet_leaves_the_color_to_the_sheet() -> None:
    html = render("{% status words own=False %}", words=plain.status("RECRUITING"))

    assert html.startswith('<p class="status">')


def test_icon_takes_a_class() -> None:
    assert render("{% icon 'ext' 'inl flip' %}").startswith('<svg class="i inl flip"')


@pytest.mark.parametrize("name", ["nothing", "../map"])
def test_icon_of_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(TemplateDoesNotExist):
        render("{% icon name %}", name=name)


def test_folk_draws_one_figure_a_person() -> None:
    html = render("{% folk 2 5 %}")

    assert [path.count("z") for path in html.split("<path")[1:]] == [4, 6]
    assert 'viewBox="0 0 100 30"' in html
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize(
    ("text", "stems", "html"),
    [
        ("Lupus & more", {"lupus"}, "<mark>Lupus</mark> &amp; more"),
        ("Lung cancers", {"lung", "cancer"}, "<mark>Lung cancers</mark>"),
        ("cancer of the lung", {"lung", "cancer"}, "<mark>cancer</mark> of the <mark>lung</mark>"),
        ("COVID-19 test", {"covid19"}, "<mark>COVID-19</mark> test"),
        ("<mark>lupus</mark>", {"lupus"}, "&lt;mark&gt;<mark>lupus</mark>&lt;/mark&gt;"),
        ("a CAR-T cell", {"cell"}, 'a <span class="nobr">CAR-T</span> <mark>cell</mark>'),
        ("nothing here", {"lupus"}, "nothing here"),
    ],
)
def test_words_mark_what_was_searched_for(text: str, stems: set[str], html: str) -> None:
    assert render("{% words text stems %}", text=text, stems=stems) == html


@given(st.text(max_size=60), st.sets(st.text(max_size=5), max_size=3))
def test_words_with_marks_are_the_escaped_text(text: str, stems: set[str]) -> None:
    html = render("{% words text stems %}", text=prose.plain(text), stems=stems)

    bare = re.sub("</?(?:mark|span)[^>]*>", "", html)
    assert bare == render("{{ text }}", text=prose.plain(text))
