"""Coordinators, and letters in the outbox."""

from datetime import date, timedelta

from django.utils import timezone

from tests.factories import make_user
from trials.coordinators.actions import label_of
from trials.coordinators.letters import reminders
from trials.models import Coordinator, Letter, LetterTopic, MailSwitch, Site, SiteCoordinator
from trials.terms.letters import LetterKind, LetterState, Occasion

LINK = r"http://127\.0\.0\.1:8000/confirm/\?key=\S+"


def make_coordinator(*sites: Site, address: str = "ruth@team.example") -> Coordinator:
    """Let somebody look after some sites."""
    coordinator, _ = Coordinator.objects.get_or_create(address=address)
    for site in sites:
        SiteCoordinator.objects.create(
            coordinator=coordinator,
            trial=site.trial,
            site=site,
            site_label=label_of(site),
            given_on=today(),
            given_by=make_user("dora"),
            taken_on=today(),
        )
    return coordinator


def tell(days_ago: int = 0) -> None:
    """Let all coordinators have had a letter of each of their sites some days ago."""
    for row in SiteCoordinator.objects.all():
        letter = Letter.objects.create(
            kind=LetterKind.REMINDER,
            coordinator=row.coordinator,
            state=LetterState.SENT,
            made_at=timezone.now() - timedelta(days=days_ago),
        )
        LetterTopic.objects.create(
            letter=letter,
            trial=row.trial,
            site=row.site,
            site_label=row.site_label,
            occasion=Occasion.GIVEN,
            once=f"told-{letter.pk}",
        )


def make_hand_over(site: Site, to: str = "lea@team.example") -> SiteCoordinator:
    """Let Ruth hand a site over to a colleague."""
    return SiteCoordinator.objects.create(
        coordinator=Coordinator.objects.get_or_create(address=to)[0],
        trial=site.trial,
        site=site,
        site_label=label_of(site),
        given_on=today(),
        handed_by=Coordinator.objects.get_or_create(address="ruth@team.example")[0],
    )


def turn_on(is_on: bool = True) -> MailSwitch:
    """Let somebody have allowed letters to the registry's addresses."""
    return MailSwitch.objects.create(
        is_on=is_on, set_at=timezone.now(), set_by=make_user("dora"), reason="We told the registry"
    )


def due() -> list[reminders.Planned]:
    """Return the reminders that are due today."""
    return list(reminders.plan(today()))


def remind() -> list[Letter]:
    """Put the reminders that are due into the outbox."""
    return [letter for each in due() if (letter := reminders.make(each))]


def said() -> list[tuple[str, list[str]]]:
    """Return to whom reminders are due, and the occasions in each."""
    return [(each.address, [topic.occasion.value for topic in each.topics]) for each in due()]


def states() -> list[LetterState]:
    """Return where all letters stand, the oldest first."""
    return [
        LetterState(each) for each in Letter.objects.order_by("pk").values_list("state", flat=True)
    ]


def age(letter: Letter, **ago: float) -> None:
    """Let a letter have been made, and sent, some time ago."""
    then = timezone.now() - timedelta(**ago)
    Letter.objects.filter(pk=letter.pk).update(made_at=then, sent_at=then)


def today() -> date:
    return timezone.now().date()
