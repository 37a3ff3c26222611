"""When the registry was last read."""

from trials.models import ImportRun
from trials.terms.freshness import RegistryFigures


def registry_figures() -> RegistryFigures:
    """Return what the newest import that ended has read; one that found no record counts not."""
    ended = ImportRun.objects.filter(finished_at__isnull=False, read__gt=0)
    run = ended.order_by("-finished_at").first()
    return RegistryFigures(run.finished_at if run else None, run.read if run else 0)
