"""Who may do what at the desk: three groups, and what each of them is allowed.

`check_…` functions elsewhere ask `allows`, so that a button and its POST can't disagree.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from trials.models import ConditionIntroduction, EditorialText, GlossaryTerm, Synonym
from trials.terms.desk import RIGHTS, Role

# Everybody at the desk may read every table and change these through their admin pages.
_SHARED_WORDS = (ConditionIntroduction, GlossaryTerm, Synonym)


def allows(user: User, role: Role) -> bool:
    """Tell whether a person may act in a role."""
    return user.has_perm(f"trials.{RIGHTS[role]}")


def is_at_desk(user: User) -> bool:
    """Tell whether a person has a role, whichever it is."""
    return any(allows(user, role) for role in Role)


def ensure_groups() -> None:
    """Make the three groups with their permissions, or bring them up to date."""
    shared = [
        *(_permission(model, "view") for model in _tables()),
        *(_permission(model, verb) for model in _SHARED_WORDS for verb in ("add", "change")),
    ]
    for role, codename in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([*shared, _right(codename)])


def _tables() -> list[type]:
    """Return all tables; a problem list is no table, whoever may read its rows may read it."""
    return [model for model in apps.get_app_config("trials").get_models() if not model._meta.proxy]


def _permission(model: type[Model], verb: str) -> Permission:
    return _right(f"{verb}_{model._meta.model_name}", model)


def _right(codename: str, model: type[Model] = EditorialText) -> Permission:
    kind = ContentType.objects.get_for_model(model)
    return Permission.objects.get(content_type=kind, codename=codename)
