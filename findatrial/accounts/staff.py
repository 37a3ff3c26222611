"""Accounts of staff as an administrator makes and mends them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction

from findatrial.accounts.factors import forget_factors
from findatrial.accounts.passwords import link_for
from findatrial.accounts.sessions import end_sessions
from trials.editorial.permissions import ensure_groups
from trials.terms.desk import Role


class StaffError(ValueError):
    """What an administrator asked for can't be done; the message says why."""


@dataclass(frozen=True)
class Prepared:
    """An account, whether it is new, and the link to choose its password where it needs one."""

    user: User
    is_new: bool
    link: str


@transaction.atomic
def prepare_staff(
    *,
    name: str,
    email: str = "",
    roles: Collection[Role] = (),
    superuser: bool = False,
    reset: bool = False,
    forget_second_factor: bool = False,
) -> Prepared:
    """Make a staff account, or bring the one of this name up to date.

    Roles that are given replace those that the account has; without any it keeps them. `reset`
    takes the password away, `forget_second_factor` what else opens the account; both end its
    sessions. Raises StaffError.
    """
    ensure_groups()
    user = User.objects.filter(username__iexact=name).first()
    is_new = user is None
    if user is None:
        user = _new_account(name, email, roles, superuser)
    elif user.username != name:
        raise StaffError(
            f"There is an account “{user.username}” already: capitals make no other name."
        )
    _apply(user, email, roles, superuser)
    if reset:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    if forget_second_factor:
        forget_factors(user)
    if reset or forget_second_factor:
        end_sessions(user)
    return Prepared(user, is_new, "" if user.has_usable_password() else link_for(user))


def _new_account(name: str, email: str, roles: Collection[Role], superuser: bool) -> User:
    if not email:
        raise StaffError(f"There is no account “{name}” yet. Give its --email to make it.")
    if not roles and not superuser:
        raise StaffError("An account needs at least one --role, or --superuser.")
    user = User(username=name, email=email)
    user.set_unusable_password()
    return user


def _apply(user: User, email: str, roles: Collection[Role], superuser: bool) -> None:
    user.is_staff = user.is_active = True
    user.email = email or user.email
    user.is_superuser = superuser or user.is_superuser
    try:
        user.full_clean()
    except ValidationError as error:
        raise StaffError(" ".join(error.messages)) from None
    user.save()
    if roles:
        user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
