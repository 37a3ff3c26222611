"""The leaflet's template tags."""

import pytest
from django.template import Context, Template, TemplateDoesNotExist

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
