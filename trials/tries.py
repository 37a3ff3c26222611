"""How often somebody without an account does a thing: counted under a digest, for a while.

The count is in the cache, which the database keeps, so that it holds for all processes.
"""

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.crypto import salted_hmac


@transaction.atomic
def may_try(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one try of `who` to do `what`, and tell whether it is among the first `most`.

    Tries at the same moment are counted one after the other. `seconds` is how long a count is kept
    after the last try that counted.
    """
    digest = salted_hmac(f"trials.tries.{what}", who, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])
    key = f"tries:{what}:{digest}"
    tried = cache.get(key, 0)
    if tried >= most:
        return False
    cache.set(key, tried + 1, seconds)
    return True
