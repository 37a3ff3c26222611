"""Texts from TOML files."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trials.models import EditorialText
from trials.registry.run import import_studies

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SEED = "NCT07193667"


@pytest.fixture
def seed(db: None) -> None:
    import_studies([str(FIXTURES / "studies" / f"{SEED}.json")])


def test_load_publishes_the_text_of_an_imported_trial(seed: None, capsys) -> None:
    call_command("load_editorial", str(FIXTURES / "editorial" / f"{SEED}.toml"))
    text = EditorialText.objects.get(trial__nct_id=SEED)
    assert text.is_live
    assert text.based_on_version == 1
    assert text.live == text.head
    assert text.head.passages.filter(signed_at__isnull=False).count() == 8
    assert text.published_by.has_usable_password() is False
    assert capsys.readouterr().out == "1 text published.\n"


def test_load_twice_leaves_one_text(seed: None) -> None:
    for _ in range(2):
        call_command("load_editorial", str(FIXTURES / "editorial" / f"{SEED}.toml"))
    assert EditorialText.objects.count() == 1


def test_text_rests_on_the_record_as_it_was_on_the_day_of_the_review(db: None) -> None:
    nct_id = "NCT99900011"
    for folder in ("studies-before", "studies", "studies-before", "studies"):
        import_studies([str(FIXTURES / folder / f"{nct_id}.json")])
    call_command("load_editorial", str(FIXTURES / "editorial" / f"{nct_id}.toml"))

    text = EditorialText.objects.get()
    versions = set(text.live.passages.values_list("based_on_version", flat=True))
    assert (text.based_on_version, versions) == (3, {3})


def test_load_without_the_trial_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="Import its record first"):
        call_command("load_editorial", str(FIXTURES / "editorial" / f"{SEED}.toml"))


def test_load_of_a_missing_path_says_so(db: None) -> None:
    with pytest.raises(CommandError, match="There is no file or folder “nowhere”"):
        call_command("load_editorial", "nowhere")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("plain_title", "plain_titel"), "plain_tit"),
        (lambda text: text.replace("2026-06-15", '"soon"'), "reviewed_on"),
        (lambda text: text + "= broken", "TOML|Invalid|parse"),
    ],
    ids=["misspelled key", "wrong type", "broken TOML"],
)
def test_load_of_a_bad_file_changes_nothing_and_names_it(
    seed: None, tmp_path: Path, change, reason: str
) -> None:
    good = FIXTURES / "editorial" / f"{SEED}.toml"
    (tmp_path / "a.toml").write_text(good.read_text())
    (tmp_path / "b.toml").write_text(change(good.read_text()))
    with pytest.raises(CommandError, match=reason) as caught:
        call_command("load_editorial", str(tmp_path))
    assert "b.toml" in str(caught.value)
    assert not EditorialText.objects.exists()
