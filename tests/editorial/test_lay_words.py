"""The project's pairs of everyday words and medical words."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from trials.editorial import words
from trials.editorial.actions import NotAllowedError
from trials.editorial.lay_words import STARTING_SET, LayWordsError, load, read
from trials.models import Place, Synonym
from trials.terms.words import tokens

HEAD = "# Our own\nwords\talso\tone_way\tnote\n"
# What people type in other senses, in the form that a search sees.
EVERYDAY = "add all arm back change cold cut drop expect fit it me prep run shake us what wind"


@pytest.fixture
def tsv(tmp_path: Path):
    """Return a function that writes lines below the header and returns the file."""

    def write(*lines: str) -> Path:
        path = tmp_path / "pairs.tsv"
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def _pair(words_key: str, also_key: str) -> Synonym:
    return Synonym.objects.get(words_key=words_key, also_key=also_key)


def test_starting_set_is_there_without_a_step_of_the_installation(db: None) -> None:
    if not Place.objects.filter(is_packaged=True).exists():
        pytest.skip("a test before this one emptied all tables, also of what migrations wrote")
    assert Synonym.objects.filter(origin="EDITOR").count() == len(read(STARTING_SET)) >= 300


def test_starting_set_leaves_everyday_words_alone() -> None:
    keys = {pair.words_key for pair in read(STARTING_SET)}
    both_ways = {pair.also_key for pair in read(STARTING_SET) if not pair.one_way}
    assert not (keys | both_ways) & set(EVERYDAY.split())


def test_starting_set_adds_words_to_look_for() -> None:
    """A one-way pair that only repeats its wording with a word more would find nothing more."""
    idle = [
        pair.words
        for pair in read(STARTING_SET)
        if pair.one_way
        and {token.stem for token in tokens(pair.words)}
        <= {token.stem for token in tokens(pair.also)}
    ]
    assert idle == []


def test_load_adds_what_is_missing_and_nothing_twice(reference_data: None, db: None, tsv) -> None:
    file = tsv("zonks\tzonkitis\tyes\tMade up", "heart attack\tmyocardial infarction")
    assert load(file) == 1
    assert load(file) == 0
    pair = _pair("zonk", "zonkitis")
    assert (pair.words, pair.also, pair.one_way) == ("zonks", "zonkitis", True)
    assert (pair.note, pair.origin) == ("Made up", "EDITOR")


def test_load_leaves_a_struck_pair_struck(reference_data: None, db: None, ada: User) -> None:
    pair = _pair("heart_attack", "myocardi_infarct")
    words.strike(pair=pair, by=ada)
    assert load() == 0
    pair.refresh_from_db()
    assert pair.struck_by == ada


def test_load_leaves_what_an_editor_changed(reference_data: None, db: None, tsv) -> None:
    Synonym.objects.filter(words_key="hive", also_key="urticaria").update(one_way=True, note="Mine")
    assert load(tsv("Hives\tUrticaria\t\tTheirs")) == 0
    pair = _pair("hive", "urticaria")
    assert (pair.words, pair.one_way, pair.note) == ("hives", True, "Mine")


def test_load_adds_no_pair_that_is_there_in_the_other_direction(
    reference_data: None, db: None, tsv
) -> None:
    assert load(tsv("urticaria\thives")) == 0


def test_load_adds_a_pair_beside_a_learned_one_in_the_other_direction(
    reference_data: None, db: None, tsv
) -> None:
    Synonym.objects.create(
        words="zonkitis", also="zonks", words_key="zonkitis", also_key="zonk", origin="CONDITION"
    )
    assert load(tsv("zonks\tzonkitis")) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("zonks", "line 3: it has 1 columns. Write both wordings"),
        ("zonks\tzonkitis\tyes\tnote\tmore", "line 3: it has 5 columns"),
        ("zonks\tzonkitis\tno", "line 3: the third column says “no”. Write “yes”"),
        ("zonks\t…", "line 3: “…” has no word that a search could look for"),
        ("Zonks\tzonk", "line 3: “Zonks” and “zonk” are the same to a search already"),
        ("x\ty\ny\tX", "line 4: “y” and “X” are a pair of line 3 already"),
    ],
)
def test_load_names_a_broken_line_and_adds_nothing(
    reference_data: None, db: None, tsv, line: str, reason: str
) -> None:
    before = Synonym.objects.count()
    with pytest.raises(LayWordsError, match=re.escape(reason)):
        load(tsv(line, "plonks\tplonkitis"))
    assert Synonym.objects.count() == before


def test_load_without_the_header_says_what_the_first_line_must_be(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("heart attack\tmyocardial infarction\n")
    with pytest.raises(LayWordsError, match="must name the columns words, also, one_way, note"):
        read(path)


def test_load_of_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("Sjögren".encode("latin-1"))
    with pytest.raises(LayWordsError, match="can't be read as text in UTF-8"):
        read(path)


def test_command_says_how_many_pairs_it_added(reference_data: None, db: None, tsv, capsys) -> None:
    call_command("load_lay_words", str(tsv("zonks\tzonkitis")))
    call_command("load_lay_words")
    assert capsys.readouterr().out == "1 pair added.\n0 pairs added.\n"


def test_command_says_what_is_wrong_with_a_file(reference_data: None, db: None) -> None:
    with pytest.raises(CommandError, match="There is no file “nowhere”"):
        call_command("load_lay_words", "nowhere")


@pytest.mark.parametrize("wording", ["word " * 100, "heart\0attack"])
def test_wording_that_nobody_types_is_refused_with_a_sentence(
    reference_data: None, db: None, wording: str
) -> None:
    with pytest.raises(NotAllowedError, match="no wording that people type"):
        words.pair_keys(wording, "something")
