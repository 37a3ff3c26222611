"""What people search for stays out of the logs."""

import logging

from findatrial.logs import PrivateLine


def _line(message: str, error: Exception | None = None) -> str:
    info = (type(error), error, None) if error else None
    record = logging.LogRecord("web", logging.ERROR, __file__, 1, message, (), info)
    return PrivateLine("%(message)s").format(record)


def test_log_line_holds_no_query_string() -> None:
    assert _line("Bad Request: /trials/?q=lupus&age=34") == "Bad Request: /trials/?…"


def test_log_traceback_holds_no_query_string() -> None:
    line = _line("Failed", ValueError("no such page: /trials/?q=lupus"))
    assert "lupus" not in line
    assert "no such page: /trials/?…" in line


def test_log_line_keeps_a_question_mark_of_its_own() -> None:
    assert _line("Is it open? Yes.") == "Is it open? Yes."


def test_log_line_holds_no_address() -> None:
    assert _line("Invalid request from ip=192.0.2.7: Contradictory") == (
        "Invalid request from ip=… Contradictory"
    )


def test_excerpt_of_a_statement_is_cut() -> None:
    said = _line("syntax error\nLINE 1: ... vector @@ 'lupus'\n                ^\nnext line")
    assert "lupus" not in said
    assert said.endswith("next line")


def test_values_of_a_refused_row_are_cut() -> None:
    values = "DETAIL:  Failing row contains (7, ada@desk.example,\n\nlupus).\nCONTEXT:  ada@desk"
    said = _line("Failed", ValueError(f"violates a check\n{values}"))
    assert "violates a check\nDETAIL: …" in said
    assert "ada@" not in said
    assert "lupus" not in said


def test_traceback_goes_on_after_values_that_are_cut() -> None:
    said = _line("DETAIL:  lupus\n\nThe above exception was the direct cause\nValueError: odd")
    assert said == "DETAIL: …\n\nThe above exception was the direct cause\nValueError: odd"
