"""How many published texts are stale, how hard they are to read, and how readers' reports end."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from django.db.models import Count, Q

from trials.editorial import staleness
from trials.editorial.checks.reading import grade
from trials.models import EditorialText, ReaderReport
from trials.terms.desk import Part
from trials.terms.freshness import (
    COUNTED_DAYS,
    GradeTexts,
    ReportFigures,
    TextFigures,
    days_until,
    first_day,
)

_CHUNK = 500
_SEEN = Q(is_live=True, trial__hidden_at=None, trial__left_registry_on=None)


def text_figures(step: Callable[[int], object]) -> TextFigures:
    """Count the texts that readers see, those behind their record, and their reading grades.

    `step` is told how many texts were read since it was told last.
    """
    grades = list(_grades(step))
    by_grade = Counter(int(each) for each in grades)
    return TextFigures(
        published=EditorialText.objects.filter(_SEEN).count(),
        stale=staleness.changed_texts().filter(_SEEN).count(),
        graded=len(grades),
        mean_grade=round(sum(grades) / len(grades), 1) if grades else None,
        grades=tuple(GradeTexts(*each) for each in sorted(by_grade.items())),
    )


def report_figures(today: date) -> ReportFigures:
    """Count what readers reported, what became of it, and how long that took."""
    since = first_day(today, COUNTED_DAYS)
    rows = ReaderReport.objects.order_by()
    ended = rows.filter(closed_at__date__gte=since)
    outcomes = dict(ended.values_list("outcome").annotate(Count("pk")))
    waits: Counter[int] = Counter()
    days = ended.values_list("reported_on", "closed_at__date").annotate(Count("pk"))
    for reported, closed, number in days:
        waits[(closed - reported).days] += number
    return ReportFigures(
        open=rows.waiting().count(),
        received=rows.filter(reported_on__gte=since).count(),
        ended=sum(outcomes.values()),
        outcomes=dict(sorted(outcomes.items())),
        median_days=days_until(50, waits),
        ninetieth_percentile_days=days_until(90, waits),
    )


def _grades(step: Callable[[int], object]) -> Iterator[float]:
    """Yield the grade of each text that readers see; a few words have none."""
    rows = EditorialText.objects.filter(_SEEN).only(*Part.values).order_by("pk")
    texts = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(texts, _CHUNK)):
        found = (grade(_whole(text)) for text in chunk)
        yield from (each for each in found if each is not None)
        step(len(chunk))


def _whole(text: EditorialText) -> str:
    """Return all words of a text; a line ends a sentence."""
    fields = text.words.values()
    return "\n".join("\n".join(each) if isinstance(each, list) else each for each in fields)
