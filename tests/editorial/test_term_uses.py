"""Where terms are used: written down as texts and terms go live and are taken back."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.editorial.terms import approve, propose, slugs_of, text_of
from trials.editorial import glossary, term_uses
from trials.editorial.live_terms import fresh_glossary
from trials.models import EditorialText, GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_live_text_s_uses_are_written_down_and_taken_back() -> None:
    text = text_of(
        plain_title="A placebo",
        what_it_studies="A\nbiopsy",
        good_fit=["you had an MRI", "you take an immunosuppressant"],
    )
    term_uses.refresh_uses(text)
    assert slugs_of(text) == {"placebo", "biopsy", "mri", "immunosuppressant"}

    text.plain_title = "Sea air"
    term_uses.refresh_uses(text)
    assert slugs_of(text) == {"biopsy", "mri", "immunosuppressant"}

    text.state, text.is_live = EditorialText.State.UNPUBLISHED, False
    text.save()
    term_uses.refresh_uses(text)
    assert slugs_of(text) == set()


def test_approved_term_finds_its_uses_in_live_texts_only(ada: User, ben: User) -> None:
    live = text_of(potential_benefit="It helps with SEA\n sickness.")
    other = text_of(potential_benefit="It helps with overseasicknesses.")
    draft = text_of(what_it_studies="seasickness", state="DRAFT", is_live=False)
    term = approve(propose(None, ada), ben)

    assert set(term.uses.values_list("text", flat=True)) == {live.pk}
    assert slugs_of(other) == slugs_of(draft) == set()


def test_longer_term_takes_uses_from_a_shorter_one_and_gives_them_back(
    ada: User, ben: User
) -> None:
    short = text_of(plain_title="A biopsy")
    long = text_of(plain_title="A liver biopsy")
    term_uses.refresh_all_uses()
    assert slugs_of(long) == {"biopsy"}

    term = approve(propose(None, ada, name="Liver biopsy", variants=[]), ben)
    assert (slugs_of(short), slugs_of(long)) == ({"biopsy"}, {"liver-biopsy"})

    glossary.retire(term=term, reason="Too narrow", by=ben)
    assert (slugs_of(short), slugs_of(long)) == ({"biopsy"}, {"biopsy"})


def test_change_of_a_meaning_alone_looks_through_no_text(
    ada: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of(plain_title="A biopsy")
    proposed = propose(GlossaryTerm.objects.get(slug="biopsy"), ada, meaning="a piece.")
    term_uses.refresh_all_uses()
    monkeypatch.setattr(term_uses, "_rewrite_all", None)
    approve(proposed, ben)
    assert slugs_of(text) == {"biopsy"}


def test_terms_that_contend_at_one_remove_keep_their_uses(ada: User, ben: User) -> None:
    """“Germ stem” takes words from “stem cells”, which shares a word with “kidney cells”."""
    approve(propose(None, ada, name="Germ stem", variants=[]), ben)
    text = text_of(plain_title="Germ stem cells and kidney cells")
    term_uses.refresh_all_uses()
    assert slugs_of(text) == {"germ-stem"}
    approve(propose(None, ada, name="Kidney cells", variants=[]), ben)
    assert slugs_of(text) == {"germ-stem", "kidney-cells"}


def test_term_does_not_reach_from_one_line_into_the_next(ada: User, ben: User) -> None:
    text = text_of(good_fit=["You had sea", "sickness on land"])
    approve(propose(None, ada), ben)
    assert slugs_of(text) == set()


def test_spelling_that_goes_takes_its_uses_along(ada: User, ben: User) -> None:
    text = text_of(plain_title="Of biopsies")
    term_uses.refresh_all_uses()
    biopsy = GlossaryTerm.objects.get(slug="biopsy")
    term = approve(propose(biopsy, ada, meaning="a piece.", variants=["tissue sample"]), ben)

    assert slugs_of(text) == set()
    assert not term.uses.exists()


def test_spelling_with_signs_of_a_pattern_is_found_as_it_is(ada: User, ben: User) -> None:
    used = text_of(plain_title="About a.b (c)*d? things")
    unused = text_of(plain_title="About aXb (c)*d things")
    term = approve(propose(None, ada, name="a.b (c)*d", variants=[]), ben)

    assert (slugs_of(used), slugs_of(unused)) == ({term.slug}, set())


_SPELLED = st.sampled_from(["biopsy", "Biopsies", "MRI", "mri", "CAR-T", "CAR T cell", "x", "non-"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(_SPELLED, st.sampled_from([" ", "\n", "-", ", "])), max_size=6))
def test_uses_are_what_pages_explain(scraps: list[tuple[str, str]]) -> None:
    words = "".join(word + gap for word, gap in scraps)
    text = text_of(what_it_studies=words)
    term_uses.refresh_all_uses()
    live = fresh_glossary()
    shown = live.split(" ".join(words.split()))

    assert slugs_of(text) == {segment.term.slug for segment in shown if segment.term}


def test_uses_of_a_term_cost_the_same_for_any_amount_of_texts_without_it(
    ada: User, ben: User
) -> None:
    for person in (ada, ben):
        person.get_all_permissions()
    costs = []
    for name in ("Sea sickness", "Land sickness"):
        text_of(plain_title=name)
        for _ in range(3):
            text_of(plain_title="Of other things")
        term = propose(None, ada, name=name, variants=[])
        with CaptureQueriesContext(connection) as queries:
            approve(term, ben)
        costs.append(len(queries))
    assert costs[0] == costs[1]
