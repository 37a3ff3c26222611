"""`make_registry`: write synthetic studies, to try the portal at the registry's full size."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from trials.registry import synthetic


class Command(BaseCommand):
    help = (
        "Write synthetic studies in the registry's shape and proportions (API v2 JSON, one a "
        "line), for benches. They are no real trials; their ids start at NCT90000001."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "The same seed writes the same studies. 600,000 take about 10 GB unpacked."
        parser.add_argument("--studies", type=int, required=True, metavar="N", help="how many")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="1 unless given")
        parser.add_argument(
            "--out",
            metavar="FILE",
            help="packed where it ends in .gz; standard output unless given",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count: int = options["studies"]
        if not 1 <= count <= synthetic.MOST:
            raise CommandError(f"--studies takes a number from 1 to {synthetic.MOST:,}.")
        try:
            with _opened(options["out"]) as file:
                bar = tqdm(total=count, unit=" studies", desc="Writing", disable=None)
                with bar:
                    for study in synthetic.studies(count, options["seed"]):
                        file.write(study + b"\n")
                        bar.update()
        except BrokenPipeError:
            raise CommandError("The reader went away before the end.") from None
        except OSError as error:
            raise CommandError(f"Can't write: {error}") from None


@contextmanager
def _opened(name: str | None) -> Iterator[BinaryIO]:
    """Open a file to write, or standard output."""
    if name is None:
        yield sys.stdout.buffer
    elif name.endswith(".gz"):
        with gzip.open(name, "wb", compresslevel=1) as file:
            yield cast(BinaryIO, file)
    else:
        with Path(name).open("wb") as file:
            yield file
