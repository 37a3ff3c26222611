"""The words that pages explain: proposed, approved, declined, retired, and where they are used."""

import tomllib

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.editorial.terms import WORDS, approve, propose
from trials import audit
from trials.editorial import glossary, starting_terms
from trials.editorial.actions import can
from trials.editorial.errors import NotAllowedError
from trials.editorial.live_terms import fresh_glossary, kept_glossary
from trials.editorial.term_words import TermWords, check_free, tidied
from trials.models import GlossaryTerm, TermUse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def biopsy(db: None) -> GlossaryTerm:
    return GlossaryTerm.objects.get(slug="biopsy")


@pytest.fixture
def proposed(biopsy: GlossaryTerm, ada: User) -> GlossaryTerm:
    return propose(biopsy, ada, meaning="a doctor takes out a small piece of the body.")


def acts_on(term: GlossaryTerm) -> list[tuple[str, str]]:
    return [(event.verb, event.done_by.username) for event in audit.history(subject=subject(term))]


def subject(term: GlossaryTerm) -> str:
    return f"term: {term.slug}"


# --- The starting set -------------------------------------------------------------------------


def test_starting_set_is_live_without_anybody_s_approval() -> None:
    file = tomllib.loads(starting_terms.STARTING_SET.read_text())

    assert len(file) >= 40
    assert set(fresh_glossary().terms) == set(file)
    assert not GlossaryTerm.objects.exclude(approved_by=None).exists()


def test_starting_set_keeps_every_rule_for_words() -> None:
    for term in fresh_glossary().terms.values():
        words = TermWords(term.name, term.meaning, term.variants)
        assert tidied(words.name, words.meaning, words.variants) == words
        check_free(words, of=GlossaryTerm.objects.get(slug=term.slug))


def test_every_spelling_of_the_starting_set_is_found() -> None:
    live = fresh_glossary()
    lost = [
        spelling
        for term in live.terms.values()
        for spelling in term.spellings
        if live.found(f"The {spelling} here") != {term.slug}
    ]
    assert lost == []


def test_loading_the_starting_set_again_changes_nothing(biopsy: GlossaryTerm, ben: User) -> None:
    glossary.retire(term=biopsy, reason="Not ours", by=ben)
    TermUse.objects.all().delete()
    GlossaryTerm.objects.get(slug="placebo").delete()

    assert starting_terms.load() == 1
    biopsy.refresh_from_db()
    assert biopsy.retired_at is not None


# --- Proposing --------------------------------------------------------------------------------


def test_proposal_for_a_new_term_changes_no_page(ada: User) -> None:
    term = propose(None, ada)

    assert (term.slug, term.meaning, term.proposed_by) == ("sea-sickness", "", ada)
    assert term.slug not in fresh_glossary().terms
    (event,) = audit.history(subject=subject(term))
    assert (event.verb, event.done_by) == ("propose", ada)
    assert event.after == WORDS


def test_proposal_for_a_live_term_leaves_its_words(proposed: GlossaryTerm, ada: User) -> None:
    assert fresh_glossary().terms["biopsy"].meaning.startswith("a small piece")
    assert proposed.proposed_meaning == "a doctor takes out a small piece of the body."
    (event,) = audit.history(subject="term: biopsy")
    assert event.before["meaning"] == fresh_glossary().terms["biopsy"].meaning
    assert event.after["meaning"] == proposed.proposed_meaning


def test_words_are_tidied(ada: User) -> None:
    meaning = "ill  on\ta\x00 bo\u200bat \N{SHIP}."
    term = propose(None, ada, name="  Sea\n sickness ", meaning=meaning, variants=[])

    assert (term.proposed_name, term.proposed_meaning) == ("Sea sickness", "ill on a boat .")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"name": " "}, "Give the word"),
        ({"meaning": " \n"}, "Give the meaning"),
        ({"meaning": "ill on a boat"}, "full stop"),
        ({"meaning": "One. Two. Three."}, "3 sentences"),
        ({"meaning": "x" * 300 + "."}, "301 characters"),
        ({"meaning": "ill <b>on</b> a boat."}, "HTML"),
        ({"meaning": "ill &nbsp; on a boat."}, "HTML"),
        ({"meaning": "a safe treatment for everybody."}, "“safe” says that something is safe"),
        ({"name": "x"}, "1 characters"),
        ({"name": "long" * 21}, "84 characters"),
        ({"name": "Sea sickness!"}, "never be found"),
        ({"name": "海病"}, "no letter from A to Z"),
        ({"name": "Place-bo"}, None),
        ({"name": "PLACEBO"}, "“PLACEBO” belongs to the term “Placebo” already"),
        ({"variants": ["metastases"]}, "“metastases” belongs to the term “Metastatic”"),
        ({"variants": ["boat sickness", "Boat Sickness"]}, "“Boat Sickness” is there twice"),
        ({"variants": ["sea SICKNESS"]}, "“sea SICKNESS” is there twice"),
        ({"variants": ["ill at sea", " "]}, "is empty"),
        ({"variants": [f"spelling {number}" for number in range(21)]}, "20 other spellings"),
    ],
)
def test_words_that_break_a_rule_are_refused(
    ada: User, words: dict[str, object], sentence: str | None
) -> None:
    if sentence is None:
        assert propose(None, ada, **words).proposed_at
        return
    with pytest.raises(NotAllowedError, match=sentence):
        propose(None, ada, **words)
    assert not GlossaryTerm.objects.filter(meaning="").exists()


def test_meaning_may_hold_signs_that_are_no_html(ada: User) -> None:
    meaning = "a value < 3, or > 7 & rising; see e.g. the blood test."
    assert propose(None, ada, meaning=meaning).proposed_meaning == meaning


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(name=st.text(max_size=90), meaning=st.text(max_size=310), variant=st.text(max_size=90))
def test_words_that_pass_are_found_and_fit(name: str, meaning: str, variant: str) -> None:
    """Whatever is typed is refused with a sentence, or pages can find and show it."""
    try:
        words = tidied(name, meaning, [variant])
    except NotAllowedError:
        return
    assert len(words.meaning) <= 300
    assert words == tidied(words.name, words.meaning, words.variants)


def test_term_that_is_there_is_not_added_again(ada: User, proposed: GlossaryTerm) -> None:
    propose(None, ada)
    with pytest.raises(NotAllowedError, match="There is a term “Sea sickness” already"):
        propose(None, ada, name="Sea-sickness", variants=[])


def test_proposal_that_changes_nothing_is_refused(ada: User, biopsy: GlossaryTerm) -> None:
    with pytest.raises(NotAllowedError, match="show already"):
        propose(biopsy, ada, meaning=biopsy.meaning)


def test_proposal_is_not_overwritten_unseen(
    ada: User, ben: User, biopsy: GlossaryTerm, proposed: GlossaryTerm
) -> None:
    with pytest.raises(NotAllowedError, match="changed while you had the page open"):
        glossary.propose(term=biopsy, by=ben, seen=None, **WORDS)  # type: ignore[arg-type]  # words of several kinds
    proposed.refresh_from_db()
    assert proposed.proposed_by == ada


def test_proposal_that_was_seen_is_replaced(ben: User, proposed: GlossaryTerm) -> None:
    replaced = propose(proposed, ben, meaning="a bit of the body.")

    assert (replaced.proposed_by, replaced.proposed_meaning) == (ben, "a bit of the body.")
    newest = audit.history(subject="term: biopsy")[0]
    assert newest.before["meaning"] == "a doctor takes out a small piece of the body."


# --- Deciding ---------------------------------------------------------------------------------


def test_approved_words_are_live(ben: User, proposed: GlossaryTerm) -> None:
    term = approve(proposed, ben)

    assert fresh_glossary().terms["biopsy"].meaning.startswith("a doctor takes out")
    assert (term.approved_by, term.proposed_at, term.proposed_meaning) == (ben, None, "")
    assert acts_on(term) == [("approve", "ben"), ("propose", "ada")]
    newest = audit.history(subject="term: biopsy")[0]
    assert newest.before["meaning"].startswith("a small piece")
    assert newest.after["meaning"].startswith("a doctor takes out")


def test_nobody_approves_their_own_proposal(biopsy: GlossaryTerm, ben: User, sam: User) -> None:
    for person in (ben, sam):
        term = propose(biopsy, person, meaning=f"words of {person.username}.")
        with pytest.raises(NotAllowedError, match="somebody else has to approve"):
            approve(term, person)
        biopsy = term


def test_proposal_that_changed_is_not_approved_unread(
    ada: User, ben: User, proposed: GlossaryTerm
) -> None:
    read = proposed.proposed_at
    propose(proposed, ada, meaning="something else altogether.")
    with pytest.raises(NotAllowedError, match="Read what it says now"):
        glossary.approve(term=proposed, seen=read, by=ben)
    assert "something else" not in fresh_glossary().terms["biopsy"].meaning


def test_spelling_goes_live_in_one_term_only(ada: User, ben: User) -> None:
    first = propose(None, ada, name="Boat illness", variants=["ill at sea"])
    second = propose(None, ada, name="Wave illness", variants=["Ill at Sea"])
    approve(first, ben)
    with pytest.raises(NotAllowedError, match="belongs to the term “Boat illness” already"):
        approve(second, ben)


def test_declined_proposal_says_why_and_leaves_the_words(ben: User, proposed: GlossaryTerm) -> None:
    seen = proposed.proposed_at
    glossary.decline(term=proposed, seen=seen, reason=" Too\nlong ", by=ben)
    proposed.refresh_from_db()

    assert proposed.proposed_at is None
    newest = audit.history(subject="term: biopsy")[0]
    assert (newest.verb, newest.reason) == ("decline", "Too long")
    assert "biopsy" in fresh_glossary().terms


def test_writer_takes_back_their_own_proposal(ada: User, proposed: GlossaryTerm) -> None:
    glossary.decline(term=proposed, seen=proposed.proposed_at, reason="A slip", by=ada)
    proposed.refresh_from_db()
    assert proposed.proposed_at is None


@pytest.mark.parametrize("reason", ["", " \n", "\0", "x" * 501])
def test_reason_is_words(ben: User, biopsy: GlossaryTerm, reason: str) -> None:
    with pytest.raises(NotAllowedError):
        glossary.retire(term=biopsy, reason=reason, by=ben)
    assert "biopsy" in fresh_glossary().terms


def test_retired_term_is_gone_and_comes_back(ben: User, biopsy: GlossaryTerm) -> None:
    glossary.retire(term=biopsy, reason="Nobody uses it", by=ben)
    assert "biopsy" not in fresh_glossary().terms

    glossary.revive(term=biopsy, by=ben)
    assert "biopsy" in fresh_glossary().terms
    assert acts_on(biopsy) == [("revive", "ben"), ("retire", "ben")]


def test_spelling_of_a_retired_term_is_free_until_it_comes_back(
    ada: User, ben: User, biopsy: GlossaryTerm
) -> None:
    glossary.retire(term=biopsy, reason="Too narrow", by=ben)
    approve(propose(None, ada, name="Tissue sample", variants=["biopsy"]), ben)
    with pytest.raises(NotAllowedError, match="belongs to the term “Tissue sample”"):
        glossary.revive(term=biopsy, by=ben)


def test_term_with_a_proposal_is_not_retired(ben: User, proposed: GlossaryTerm) -> None:
    with pytest.raises(NotAllowedError, match="A proposal waits"):
        glossary.retire(term=proposed, reason="No", by=ben)


def test_nothing_is_proposed_for_a_retired_term(ada: User, ben: User, biopsy: GlossaryTerm) -> None:
    glossary.retire(term=biopsy, reason="No", by=ben)
    with pytest.raises(NotAllowedError, match="bring it back first"):
        propose(biopsy, ada, meaning="other words.")


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ada", {"propose"}),
        ("ben", {"propose", "approve", "decline", "retire", "revive"}),
        ("cleo", {"propose", "approve", "decline", "retire", "revive"}),
        ("sam", {"propose", "approve", "decline", "retire", "revive"}),
        ("uma", set()),
    ],
)
def test_who_may_do_what(
    name: str, may: set[str], request: pytest.FixtureRequest, ben: User
) -> None:
    by: User = request.getfixturevalue(name)
    someone = request.getfixturevalue("cleo" if name == "ada" else "ada")
    placebo, mri, inr = (GlossaryTerm.objects.get(slug=slug) for slug in ("placebo", "mri", "inr"))
    propose(mri, someone, meaning="a scan.")
    mri.refresh_from_db()
    glossary.retire(term=inr, reason="No", by=ben)
    inr.refresh_from_db()
    checks = {
        "propose": (glossary.check_propose, placebo),
        "approve": (glossary.check_approve, mri),
        "decline": (glossary.check_decline, mri),
        "retire": (glossary.check_retire, placebo),
        "revive": (glossary.check_revive, inr),
    }
    allowed = {verb for verb, (check, term) in checks.items() if can(check, term=term, by=by)}
    assert allowed == may


# --- What pages know --------------------------------------------------------------------------


def test_terms_are_kept_until_one_changes(
    ben: User,
    proposed: GlossaryTerm,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_assert_num_queries(1):
        kept_glossary()
    with django_assert_num_queries(0):
        kept = kept_glossary()
    assert kept is kept_glossary()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture has no type of its own
        approve(proposed, ben)
    assert kept_glossary().terms["biopsy"].meaning.startswith("a doctor takes out")
