"""What editors do to pairs of everyday words and medical words.

A pair is struck rather than deleted: so it is neither learned nor loaded again.
"""

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from trials.editorial.actions import NotAllowedError
from trials.models import Synonym
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


def strike(*, pair: Synonym, by: User) -> None:
    """Let a pair count no longer, for searches and for good."""
    pair.struck_at = timezone.now()
    pair.struck_by = by
    pair.save(update_fields=["struck_at", "struck_by"])


def restore(*, pair: Synonym) -> None:
    """Let a struck pair count again."""
    pair.struck_at = None
    pair.struck_by = None
    pair.save(update_fields=["struck_at", "struck_by"])
