"""What editors do to the words that pages explain. Each action is one transaction.

One person proposes, another approves; until then pages go on as they were. A term is retired
rather than deleted, so that its history stays. `check_…` says by NotAllowedError why an action is
not possible now.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from trials import audit
from trials.editorial import permissions
from trials.editorial.errors import NotAllowedError
from trials.editorial.live_terms import forget_kept
from trials.editorial.term_uses import refresh_uses_of_term
from trials.editorial.term_words import (
    TermWords,
    check_free,
    live_words,
    proposed_words,
    tidied,
)
from trials.models import GlossaryTerm
from trials.terms.desk import Role

LONGEST_REASON = 500
_APPROVERS = (Role.REVIEWER, Role.PUBLISHER)


# --- Checks -----------------------------------------------------------------------------------


def check_propose(*, by: User, term: GlossaryTerm | None = None) -> None:
    """Raise NotAllowedError where a person may not propose words, for a new term or this one."""
    if not permissions.is_at_desk(by):
        raise NotAllowedError("Only a writer, a reviewer or a publisher can propose a term.")
    if term and term.retired_at:
        raise NotAllowedError("The term is retired: bring it back first.")


def check_approve(*, term: GlossaryTerm, by: User) -> None:
    """Raise NotAllowedError where a person may not put the proposed words live."""
    _check_waiting(term)
    _check_approver(by, "approve a term")
    if term.proposed_by_id == by.pk:
        raise NotAllowedError("You proposed this yourself: somebody else has to approve it.")
    check_free(proposed_words(term), of=term)


def check_decline(*, term: GlossaryTerm, by: User) -> None:
    """Raise NotAllowedError where a person may not turn the proposed words down.

    Whoever proposed them may: it takes the proposal back.
    """
    _check_waiting(term)
    if term.proposed_by_id != by.pk:
        _check_approver(by, "decline what somebody else proposed")


def check_retire(*, term: GlossaryTerm, by: User) -> None:
    """Raise NotAllowedError where a person may not take a term off the pages."""
    if term.retired_at or not term.meaning:
        raise NotAllowedError("No page explains the term now.")
    if term.proposed_at:
        raise NotAllowedError("A proposal waits: approve or decline it first.")
    _check_approver(by, "retire a term")


def check_revive(*, term: GlossaryTerm, by: User) -> None:
    """Raise NotAllowedError where a person may not bring a retired term back."""
    if not term.retired_at:
        raise NotAllowedError("The term is not retired.")
    _check_approver(by, "bring a term back")
    check_free(live_words(term), of=term)


def _check_waiting(term: GlossaryTerm) -> None:
    if not term.proposed_at:
        raise NotAllowedError("Nothing is proposed for this term.")


def _check_approver(by: User, what: str) -> None:
    if not any(permissions.allows(by, role) for role in _APPROVERS):
        raise NotAllowedError(f"Only a reviewer or a publisher can {what}.")


def _check_seen(term: GlossaryTerm, seen: datetime | None) -> None:
    """Nobody decides on, or overwrites, a proposal that came after they opened the page."""
    if term.proposed_at != seen:
        raise NotAllowedError(
            "The proposal changed while you had the page open. Read what it says now, then "
            "decide again."
        )


# --- Actions ----------------------------------------------------------------------------------


@transaction.atomic
def propose(
    *,
    name: str,
    meaning: str,
    variants: list[str],
    by: User,
    term: GlossaryTerm | None = None,
    seen: datetime | None = None,
) -> GlossaryTerm:
    """Let words for a new term, or other words for this one, wait for somebody's approval.

    `seen` is the `proposed_at` that the person saw: a proposal that waits is replaced knowingly.
    Raises NotAllowedError for words that break a rule.
    """
    rows = _locked_rows()
    term = rows[term.pk] if term else None
    check_propose(by=by, term=term)
    words = tidied(name, meaning, variants)
    check_free(words, of=term)
    if term is None:
        term = GlossaryTerm(slug=_new_slug(words.name), name=words.name)
    _check_seen(term, seen)
    if words == live_words(term):
        raise NotAllowedError("These are the words that pages show already.")
    before = proposed_words(term) if term.proposed_at else live_words(term)
    _set_proposal(term, words, at=timezone.now(), by=by)
    term.save()
    _record("propose", term, by, before, words)
    return term


@transaction.atomic
def approve(*, term: GlossaryTerm, seen: datetime | None, by: User) -> None:
    """Put the proposed words live, as they were when the person read them (`seen`)."""
    term = _locked(term)
    _check_seen(term, seen)
    check_approve(term=term, by=by)
    before, words = live_words(term), proposed_words(term)
    term.name, term.meaning, term.variants = words.name, words.meaning, list(words.variants)
    term.approved_at, term.approved_by = timezone.now(), by
    _set_proposal(term, TermWords("", ""), at=None, by=None)
    term.save()
    _record("approve", term, by, before, words)
    _tell_pages(term, before.spellings if before.meaning else ())


@transaction.atomic
def decline(*, term: GlossaryTerm, seen: datetime | None, reason: str, by: User) -> None:
    """Turn the proposed words down, as they were when the person read them (`seen`)."""
    term = _locked(term)
    _check_seen(term, seen)
    check_decline(term=term, by=by)
    why, before = _reason(reason), proposed_words(term)
    _set_proposal(term, TermWords("", ""), at=None, by=None)
    term.save()
    _record("decline", term, by, before, live_words(term), why)


@transaction.atomic
def retire(*, term: GlossaryTerm, reason: str, by: User) -> None:
    """Let no page explain a term any more."""
    term = _locked(term)
    check_retire(term=term, by=by)
    why = _reason(reason)
    term.retired_at, term.retired_by = timezone.now(), by
    term.save(update_fields=["retired_at", "retired_by"])
    audit.record(
        by=by,
        verb="retire",
        subject=subject_of(term),
        before=live_words(term).as_json | {"live": True},
        after={"live": False},
        reason=why,
    )
    _tell_pages(term, live_words(term).spellings)


@transaction.atomic
def revive(*, term: GlossaryTerm, by: User) -> None:
    """Let pages explain a retired term again, in its last words."""
    term = _locked(term)
    check_revive(term=term, by=by)
    term.retired_at = term.retired_by = None
    term.save(update_fields=["retired_at", "retired_by"])
    audit.record(
        by=by,
        verb="revive",
        subject=subject_of(term),
        before={"live": False},
        after=live_words(term).as_json | {"live": True},
    )
    _tell_pages(term, ())


def subject_of(term: GlossaryTerm) -> str:
    """Return what the audit calls a term."""
    return f"term: {term.slug}"


def _locked(term: GlossaryTerm) -> GlossaryTerm:
    return _locked_rows()[term.pk]


def _locked_rows() -> dict[int, GlossaryTerm]:
    """Read the terms anew and keep others from the glossary until the transaction is over.

    All rows are locked, in one order: a spelling must not go live in two terms at once. What
    refers to a term may still be written (`no_key`): texts go on being published.
    """
    rows = GlossaryTerm.objects.select_for_update(no_key=True).order_by("pk")
    return {row.pk: row for row in rows}


def _new_slug(name: str) -> str:
    slug = slugify(name)[:80].strip("-")
    if not slug:
        raise NotAllowedError(
            f"“{name}” has no letter from A to Z or digit for the address of its page. Put the "
            "word in our letters first, and the other one among the spellings."
        )
    if there := GlossaryTerm.objects.filter(slug=slug).first():
        raise NotAllowedError(
            f"There is a term “{there.name}” already: open it, and propose other words there."
        )
    return slug


def _set_proposal(
    term: GlossaryTerm, words: TermWords, *, at: datetime | None, by: User | None
) -> None:
    term.proposed_name, term.proposed_meaning = words.name, words.meaning
    term.proposed_variants = list(words.variants)
    term.proposed_at, term.proposed_by = at, by


def _reason(reason: str) -> str:
    why = " ".join(reason.replace("\0", " ").split())
    if not why:
        raise NotAllowedError("Say why: the others read it in the history.")
    if len(why) > LONGEST_REASON:
        raise NotAllowedError(f"Give the reason in up to {LONGEST_REASON} characters.")
    return why


def _record(
    verb: str,
    term: GlossaryTerm,
    by: User,
    before: TermWords,
    after: TermWords,
    reason: str = "",
) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=subject_of(term),
        before=before.as_json,
        after=after.as_json,
        reason=reason,
    )


def _tell_pages(term: GlossaryTerm, before: tuple[str, ...]) -> None:
    """Let pages show a term's words; `before` are its spellings on pages until now."""
    refresh_uses_of_term(term, before=before)
    forget_kept()
