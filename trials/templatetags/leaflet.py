"""The leaflet's small parts as template tags: icons, status tabs, texts with terms, figures.

Every value from outside goes through Django's escaping (`format_html`); only the SVG files under
`templates/components/` are taken as they are.
"""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, Protocol

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from trials.terms.glossary import Segment
from trials.terms.language import direction_of, language_of
from trials.terms.plain import StatusWords
from trials.terms.words import tokens

register = template.Library()

_UNBROKEN = "CAR-T"


class Text(Protocol):
    """A text ready to be shown: its segments, and its language where that isn't English."""

    @property
    def segments(self) -> Iterable[Segment]:
        """The stretches of the text, in order."""

    @property
    def lang(self) -> str:
        """A language tag, empty for English."""


@register.simple_tag
@cache
def icon(name: str, icon_class: str = "") -> SafeString:
    """Draw an icon of `components/icons/`; raises TemplateDoesNotExist for another name."""
    drawing = get_template(f"components/icons/{name}.svg").render({"icon_class": icon_class})
    return SafeString(drawing.strip())


@register.simple_tag
@cache
def status(words: StatusWords, own: bool = True) -> SafeString:
    """Show a recruitment status; `own=False` on a sheet that carries the tab's class itself."""
    return format_html(
        '<p class="status{}"><span class="vh">Recruitment status: </span>{}{}</p>',
        f" {words.tab}" if own else "",
        icon(words.icon),
        words.words,
    )


@register.simple_tag
def words(text: Text | str, stems: Collection[str] = ()) -> SafeString:
    """Show a text: escaped, terms linked to their notes, another language marked.

    Words whose stem is among `stems` are marked: what a search looked for.
    """
    if isinstance(text, str):
        return _in_language(_marked(text, stems), language_of(text))
    shown = format_html_join("", "{}", ((_segment(part, stems),) for part in text.segments))
    return _in_language(shown, text.lang)


def _in_language(inner: SafeString, lang: str) -> SafeString:
    if not lang:
        return inner
    direction = direction_of(lang)
    return format_html(
        '<span lang="{}"{}>{}</span>',
        lang,
        format_html(' dir="{}"', direction) if direction else "",
        inner,
    )


def _segment(segment: Segment, stems: Collection[str]) -> SafeString:
    shown = _marked(segment.text, stems)
    if segment.term is None:
        return shown
    return format_html('<a class="term" href="#w-{0}" id="t-{0}">{1}</a>', segment.term.slug, shown)


def _marked(text: str, stems: Collection[str]) -> SafeString:
    """Mark the words with one of the stems; words side by side share a mark."""
    if not stems:
        return _unbroken(text)
    pieces, shown_to = [], 0
    for start, end in _spans(text, stems):
        pieces += [_unbroken(text[shown_to:start])]
        pieces += [format_html("<mark>{}</mark>", _unbroken(text[start:end]))]
        shown_to = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, _unbroken(text[shown_to:])]))


def _spans(text: str, stems: Collection[str]) -> list[tuple[int, int]]:
    """Return where the words with one of the stems stand, those with only blanks or a hyphen
    between them together.
    """
    spans: list[tuple[int, int]] = []
    for token in tokens(text):
        if token.stem not in stems:
            continue
        if spans and not text[spans[-1][1] : token.start].strip(" -"):
            before, end = spans.pop()
            spans.append((before, max(end, token.end)))
        else:
            spans.append((token.start, token.end))
    return spans


def _unbroken(text: str) -> SafeString:
    """Keep "CAR-T" on one line."""
    if _UNBROKEN not in text:
        return conditional_escape(text)
    between = format_html('<span class="nobr">{}</span>', _UNBROKEN)
    return format_html_join(between, "{}", ((part,) for part in text.split(_UNBROKEN)))


_FIGURE = "M{head} 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0zM{body} 28v-8a7 7 0 0 1 14 0v8z"


@register.inclusion_tag("components/folk.html")
def folk(some: int, all_: int) -> dict[str, Any]:
    """Draw "n of m people" as little figures; the sentence beside it carries the meaning."""
    figures = [_FIGURE.format(head=5 + 20 * k, body=2 + 20 * k) for k in range(all_)]
    return {
        "width": 20 * all_,
        "filled": "".join(figures[:some]),
        "empty": "".join(figures[some:]),
    }
