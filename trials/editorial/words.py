"""What editors do to pairs of everyday words and medical words, and to introductions.

A pair is struck rather than deleted: so it is neither learned nor loaded again. Each action is one
transaction with its row in the audit.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trials import audit
from trials.editorial.errors import NotAllowedError
from trials.editorial.short_words import check_claims
from trials.models import ConditionIntroduction, Synonym
from trials.terms.words import phrase_key

_LONGEST = 200


def pair_keys(words: str, also: str) -> tuple[str, str]:
    """Return the keys under which a search finds two wordings.

    Raises NotAllowedError where one has no words, or where both are the same to a search.
    """
    for wording in (words, also):
        if len(wording) > _LONGEST or "\0" in wording:
            raise NotAllowedError(
                f"“{wording[:40].replace(chr(0), ' ')}…” is no wording that people type. "
                f"Use up to {_LONGEST} characters."
            )
    keys = phrase_key(words), phrase_key(also)
    for wording, key in zip((words, also), keys, strict=True):
        if not key:
            raise NotAllowedError(f"“{wording}” has no word that a search could look for.")
    if keys[0] == keys[1]:
        raise NotAllowedError(
            f"“{words}” and “{also}” are the same to a search already: it makes no difference "
            "between capitals, accents, hyphens, spellings and endings. Leave the pair out."
        )
    return keys


def check_new(words: str, also: str) -> tuple[str, str]:
    """Return the `pair_keys` of a pair that is not there yet, in either direction.

    Raises NotAllowedError with what to do about the pair that is there.
    """
    keys = pair_keys(words, also)
    back = Q(words_key=keys[1], also_key=keys[0], origin=Synonym.Origin.EDITOR)
    there = Synonym.objects.filter(Q(words_key=keys[0], also_key=keys[1]) | back).first()
    if there is None:
        return keys
    if there.struck_at:
        todo = "It was struck: restore it in the list if it should count again."
    elif there.origin != Synonym.Origin.EDITOR:
        todo = f"It was learned from {there.trials} trials and counts without you."
    elif there.words_key == keys[0] or not there.one_way:
        todo = "Change that one instead."
    else:
        todo = "It works one way: open it and take the tick away, and a search for either works."
    raise NotAllowedError(f"“{there.words}” and “{there.also}” are a pair already. {todo}")


def searches_of(pair: Synonym) -> list[str]:
    """Say as sentences what searches do because of a pair, were it not struck."""
    sentences = [f"A search for “{pair.words}” also looks for “{pair.also}”."]
    if pair.origin == Synonym.Origin.EDITOR and not pair.one_way:
        sentences.append(f"A search for “{pair.also}” also looks for “{pair.words}”.")
    return sentences


@transaction.atomic
def add(*, pair: Synonym, by: User) -> None:
    """Let searches use a new pair, whose keys `check_new` returned."""
    pair.save()
    _record("add", pair, by, before={}, after={"words": pair.words, "also": pair.also} | _of(pair))


@transaction.atomic
def change(*, pair: Synonym, by: User) -> None:
    """Save whether a pair works one way, and its note; its wordings stay."""
    before = _of(_locked(pair))
    pair.save(update_fields=["one_way", "note"])
    after = _of(pair)
    changed = {name for name, value in after.items() if value != before[name]}
    if changed:
        _record(
            "change",
            pair,
            by,
            before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
        )


@transaction.atomic
def strike(*, pair: Synonym, by: User) -> None:
    """Let a pair count no longer, for searches and for good; one that is struck stays as it is."""
    if _locked(pair).struck_at:
        return
    pair.struck_at, pair.struck_by = timezone.now(), by
    pair.save(update_fields=["struck_at", "struck_by"])
    _record("strike", pair, by, before={"counts": True}, after={"counts": False})


@transaction.atomic
def restore(*, pair: Synonym, by: User) -> None:
    """Let a struck pair count again; one that counts stays as it is."""
    if not _locked(pair).struck_at:
        return
    pair.struck_at = pair.struck_by = None
    pair.save(update_fields=["struck_at", "struck_by"])
    _record("restore", pair, by, before={"counts": False}, after={"counts": True})


def subject_of(pair: Synonym) -> str:
    """Return what the audit calls a pair: its stems, as a learned pair may change its wordings."""
    return f"pair: {pair.words_key} → {pair.also_key}"


def _locked(pair: Synonym) -> Synonym:
    return Synonym.objects.select_for_update(no_key=True).get(pk=pair.pk)


def _of(pair: Synonym) -> dict[str, Any]:
    return {"one_way": pair.one_way, "note": pair.note}


def _record(
    verb: str, pair: Synonym, by: User, *, before: dict[str, Any], after: dict[str, Any]
) -> None:
    audit.record(by=by, verb=verb, subject=subject_of(pair), before=before, after=after)


# --- Introductions ----------------------------------------------------------------------------


@transaction.atomic
def save_introduction(*, introduction: ConditionIntroduction, by: User) -> None:
    """Save our words on top of a condition's page, which shows them at once.

    Raises NotAllowedError where they promise something or give advice.
    """
    check_claims(introduction.text)
    there = ConditionIntroduction.objects.filter(pk=introduction.pk).first()
    introduction.save()
    audit.record(
        by=by,
        verb="change" if there else "add",
        subject=introduction_subject(introduction),
        before=_words_of(there) if there else {},
        after=_words_of(introduction),
    )


@transaction.atomic
def delete_introduction(*, introduction: ConditionIntroduction, by: User) -> None:
    """Take our words off a condition's page."""
    audit.record(
        by=by,
        verb="delete",
        subject=introduction_subject(introduction),
        before=_words_of(introduction),
    )
    introduction.delete()


def introduction_subject(introduction: ConditionIntroduction) -> str:
    """Return what the audit calls the introduction of a condition."""
    return f"introduction: {introduction.condition.slug}"


def _words_of(introduction: ConditionIntroduction) -> dict[str, str]:
    return {"text": introduction.text, "reviewed_on": introduction.reviewed_on.isoformat()}
