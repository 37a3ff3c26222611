"""Pieces of sources → batches of parsed studies."""

from collections.abc import Callable
from dataclasses import dataclass, field

from trials.models import ImportProblem
from trials.registry import problems
from trials.registry.decode import Record, RejectedRecord, record_of
from trials.registry.parse import ParsedStudy, parse
from trials.registry.sources import Piece
from trials.registry.write import Known, known_trials

BATCH_RECORDS = 250
BATCH_BYTES = 8 << 20


@dataclass(slots=True)
class Batch:
    """Studies that are written together, and the problems met among them."""

    known: dict[str, Known] = field(default_factory=dict)
    studies: list[ParsedStudy] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)


class Batches:
    """Gathers records, and hands them to `submit` parsed, a batch at a time.

    `submit` may return before a batch is written, but not before the one ahead of it is.
    """

    def __init__(self, submit: Callable[[Batch], None]) -> None:
        self._submit = submit
        self._records: dict[str, Record] = {}
        self._problems: list[ImportProblem] = []
        self._size = 0
        self._being_written: set[str] = set()

    def take(self, piece: Piece) -> None:
        """Take in one piece of a source."""
        if piece.cut.broken:
            self._problems += problems.broken_piece(piece.source, piece.cut)
        else:
            try:
                self._add(record_of(piece.cut.raw, piece.source, piece.cut.position))
            except RejectedRecord as error:
                problem = problems.rejection(piece.source, piece.cut.position, error)
                self._problems.append(problem)
        if len(self._records) + len(self._problems) >= BATCH_RECORDS or self._size >= BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Parse the records that wait and send them off."""
        records, self._records = self._records, {}
        if self._being_written & records.keys():
            self._submit(Batch())  # returns when the batch before is written
        batch = Batch(known=known_trials(records), problems=self._problems)
        for nct_id, record in records.items():
            before = batch.known.get(nct_id)
            if before and before.content_hash == record.content_hash:
                batch.unchanged.append(nct_id)
            else:
                batch.studies.append(parse(record))
        self._problems, self._size, self._being_written = [], 0, set(records)
        self._submit(batch)

    def _add(self, record: Record) -> None:
        if record.nct_id in self._records:
            self.flush()
        self._records[record.nct_id] = record
        self._size += len(record.raw)
