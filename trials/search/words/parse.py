"""What was typed → clauses: plain words, “quoted phrases”, -without, OR.

Never raises: a quote that is not closed, or an operator without its word, is no more than a space.
"""

import re
from dataclasses import dataclass

LONGEST = 300
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"'))
_PIECE = re.compile(
    r"""
    (?P<minus>(?<!\S)[-−](?=[\w"]))?      # -word, -"phrase"; not the hyphen of IL-17
    (?:"(?P<phrase>[^"]*)"
      |(?P<operator>(?<!\S)(?:OR|AND|NOT|\|\|?|&&?)(?!\S))
      |(?P<word>[^\s"]+))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of plain words, or a quoted phrase, or what must not be there (`is_negated`).

    `is_or` says that the clause is an alternative of the one before it.
    """

    text: str
    is_phrase: bool = False
    is_negated: bool = False
    is_or: bool = False


def cleaned(text: str) -> tuple[str, str]:
    """Return a text that can be read, on one line, and a sentence where it was cut."""
    line = " ".join(_CONTROLS.sub(" ", text[: 2 * LONGEST]).translate(_QUOTES).split())
    if len(line) <= LONGEST:
        return line, ""
    kept = line[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST]
    return kept, f"A search can have up to {LONGEST} characters. We used the first ones."


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a text in order; neighbouring plain words are one clause."""
    found: list[Clause] = []
    run: list[str] = []
    is_or = is_not = False
    for match in _PIECE.finditer(text):
        operator = match["operator"]
        if operator:
            is_or, is_not = _close(found, run, is_or), operator == "NOT"
            is_or = (operator in ("OR", "|", "||") and bool(found)) or is_or
            continue
        is_negated = bool(match["minus"]) or is_not
        if match["phrase"] is None and not is_negated:
            run.append(match["word"])
            continue
        is_or = _close(found, run, is_or)
        words = match["word"] if match["phrase"] is None else match["phrase"]
        found.append(Clause(words, match["phrase"] is not None, is_negated, is_or))
        is_or = is_not = False
    _close(found, run, is_or)
    return [clause for clause in found if any(map(str.isalnum, clause.text))]


def _close(found: list[Clause], run: list[str], is_or: bool) -> bool:
    """End a run of plain words; return whether an OR still waits for its second half."""
    if not run:
        return is_or
    found.append(Clause(" ".join(run), is_or=is_or))
    run.clear()
    return False
