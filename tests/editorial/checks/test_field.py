import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.field import check_field
from trials.editorial.checks.findings import Level
from trials.terms.desk import Part
from trials.terms.glossary import Glossary, Term

GLOSSARY = Glossary((Term("mri", "MRI", "a scan with strong magnets."),))
FIXTURES = sorted((Path(__file__).parents[3] / "fixtures" / "editorial").glob("*.toml"))


def test_field_report_has_every_check_in_text_order():
    text = (
        "Participants with a high ULN will have renal evaluations, an MRI and many other long and "
        "tiring hospital appointments before they are finally allowed to go home again to family. "
        "It is a miracle."
    )
    report = check_field(Part.TAKING_PART, text, glossary=GLOSSARY)
    checks = [finding.check for finding in report.findings]
    assert checks[0] == "grade"
    assert set(checks) == {"grade", "sentence", "abbreviation", "jargon", "promise"}
    starts = [finding.start for finding in report.findings]
    assert starts == sorted(starts)
    assert report.grade_words == "hard to read"
    assert Level.STOP in {finding.level for finding in report.findings}


def test_field_report_of_plain_words_is_empty():
    text = "You take one tablet each day. The study team checks your blood. Ask how often."
    report = check_field(Part.TAKING_PART, text, glossary=GLOSSARY)
    assert report.findings == ()
    assert report.grade_words == "good"


def test_field_report_of_nothing_has_no_grade():
    report = check_field(Part.PLAIN_TITLE, "", glossary=GLOSSARY)
    assert (report.grade, report.grade_words, report.findings) == (None, "", ())


def test_field_report_of_a_list_reads_lines():
    text = "you are 18 to 65 years old\nyour surgery is safe for you"
    report = check_field(Part.GOOD_FIT, text, glossary=GLOSSARY)
    assert [finding.level for finding in report.findings] == [Level.BLOCK]
    in_a_text = check_field(Part.TAKING_PART, text, glossary=GLOSSARY)
    assert Level.STOP in {finding.level for finding in in_a_text.findings}


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_field_report_of_the_demonstration_only_hints(file):
    text = tomllib.loads(file.read_text("utf-8"))
    for part in Part:
        value = text.get(part.value, "")
        words = "\n".join(value) if part.is_list else value
        report = check_field(part, words, glossary=GLOSSARY)
        assert {finding.level for finding in report.findings} <= {Level.HINT}


@given(st.sampled_from(Part), st.text(max_size=400))
def test_field_report_takes_any_text(part, text):
    for finding in check_field(part, text, glossary=GLOSSARY).findings:
        if finding.start >= 0:
            assert text[finding.start : finding.end] == finding.quote


def test_field_module_reads_no_syllables_before_it_must():
    code = "import sys, trials.editorial.checks.field; sys.exit('syllapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
