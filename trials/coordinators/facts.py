"""What study teams add about their sites, and the languages that they can choose from.

Rows are never changed. The newest of each kind counts, and one without values takes the fact back.
A fact is of the place where the site was when it was said: once the registry moves the site, nobody
has said it of the new place.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from django.db import transaction
from django.utils import timezone

from trials.coordinators.actions import label_of
from trials.coordinators.details import place_of
from trials.coordinators.errors import RefusedError
from trials.coordinators.teams import current
from trials.models import Coordinator, Site, SiteFact
from trials.terms.site_facts import ANSWERS, SiteFactKind

# Codes of ISO 639, the shortest there is, and the names by which people in English know them. What
# is spoken differently and written alike is told apart, because an ear needs it: Chinese.
LANGUAGES: Final[Mapping[str, str]] = {
    "sq": "Albanian",
    "am": "Amharic",
    "ar": "Arabic",
    "hy": "Armenian",
    "az": "Azerbaijani",
    "eu": "Basque",
    "be": "Belarusian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "bg": "Bulgarian",
    "my": "Burmese",
    "yue": "Cantonese",
    "ca": "Catalan",
    "ceb": "Cebuano",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "en": "English",
    "et": "Estonian",
    "fil": "Filipino (Tagalog)",
    "fi": "Finnish",
    "fr": "French",
    "ff": "Fula",
    "gl": "Galician",
    "lg": "Ganda",
    "ka": "Georgian",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hmn": "Hmong",
    "hu": "Hungarian",
    "is": "Icelandic",
    "ig": "Igbo",
    "ilo": "Ilocano",
    "id": "Indonesian",
    "ga": "Irish",
    "it": "Italian",
    "ja": "Japanese",
    "jv": "Javanese",
    "kn": "Kannada",
    "kk": "Kazakh",
    "km": "Khmer",
    "rw": "Kinyarwanda",
    "ko": "Korean",
    "ku": "Kurdish",
    "ky": "Kyrgyz",
    "lo": "Lao",
    "lv": "Latvian",
    "ln": "Lingala",
    "lt": "Lithuanian",
    "luo": "Luo",
    "mk": "Macedonian",
    "ms": "Malay",
    "ml": "Malayalam",
    "mt": "Maltese",
    "cmn": "Mandarin Chinese",
    "mr": "Marathi",
    "mn": "Mongolian",
    "nv": "Navajo",
    "ne": "Nepali",
    "no": "Norwegian",
    "ny": "Nyanja (Chichewa)",
    "or": "Odia",
    "om": "Oromo",
    "ps": "Pashto",
    "fa": "Persian (Farsi, Dari)",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "qu": "Quechua",
    "ro": "Romanian",
    "ru": "Russian",
    "sm": "Samoan",
    "sr": "Serbian",
    "sn": "Shona",
    "sd": "Sindhi",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "st": "Sotho",
    "es": "Spanish",
    "sw": "Swahili",
    "sv": "Swedish",
    "tg": "Tajik",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "tn": "Tswana",
    "tr": "Turkish",
    "tk": "Turkmen",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "cy": "Welsh",
    "wo": "Wolof",
    "xh": "Xhosa",
    "yi": "Yiddish",
    "yo": "Yoruba",
    "zu": "Zulu",
}


FactsAt: TypeAlias = dict[int, dict[SiteFactKind, SiteFact]]


@transaction.atomic
def say(
    *,
    coordinator: Coordinator,
    site: Site,
    said: Mapping[SiteFactKind, Sequence[str]],
    place: str = "",
) -> None:
    """Write down what a coordinator says of a site: of the kinds given, those that differ.

    An empty answer takes a fact back. `place` is the digest of the place that the coordinator was
    shown, if any; the site's facility is loaded. Raise RefusedError where the site is not the
    coordinator's or has moved since, and ValueError for a code that nobody can choose; nothing is
    written then.
    """
    _check_own(coordinator, site)
    here = place_of(site)
    if place and place != here:
        raise RefusedError(
            "The registry has moved this site since you looked. Is all of it so at the new place?"
        )
    wanted = {SiteFactKind(kind): _checked(SiteFactKind(kind), said[kind]) for kind in said}
    known = {SiteFactKind(row.kind): row for row in _newest([site])}
    SiteFact.objects.bulk_create(
        SiteFact(
            trial=site.trial,
            site=site,
            site_label=label_of(site),
            kind=kind,
            values=values,
            place=here,
            coordinator=coordinator,
            said_on=timezone.now().date(),
        )
        for kind, values in wanted.items()
        if _is_new(values, known.get(kind), here)
    )


def facts_at(sites: Sequence[Site]) -> FactsAt:
    """Return what study teams say of sites where these are now, by the site's key, in one query.

    A kind that is not stated, or not any more, has no entry, and neither has a silent site.
    """
    return facts_and_former_at(sites)[0]


def facts_and_former_at(sites: Sequence[Site]) -> tuple[FactsAt, FactsAt]:
    """Return what `facts_at` does, and what was said of places where the sites are no longer.

    One query; facilities are loaded.
    """
    by_key = {site.pk: site for site in sites}
    found: tuple[FactsAt, FactsAt] = ({}, {})
    for row in _newest(sites):
        if row.values and row.site_id is not None:
            # Of rows from before places were kept nobody knows that the site was elsewhere.
            is_former = bool(row.place) and row.place != place_of(by_key[row.site_id])
            found[is_former].setdefault(row.site_id, {})[SiteFactKind(row.kind)] = row
    return found


def _newest(sites: Sequence[Site]) -> Iterable[SiteFact]:
    """Return the newest fact of each kind at each site, also one that was taken back."""
    rows = SiteFact.objects.filter(site__in=[site.pk for site in sites])
    return rows.order_by("site_id", "kind", "-id").distinct("site_id", "kind")


def _is_new(values: Sequence[str], known: SiteFact | None, here: str) -> bool:
    """Tell whether an answer differs from what is known, or is the first one of this place."""
    if known is None or not known.values:
        return bool(values)
    return values != known.values or known.place != here


def _check_own(coordinator: Coordinator, site: Site) -> None:
    """Raise RefusedError unless the site is in the coordinator's hands, and taken on."""
    if not current(coordinator).filter(site=site, taken_on__isnull=False).exists():
        raise RefusedError("This site is not among yours.")


def _checked(kind: SiteFactKind, codes: Sequence[str]) -> list[str]:
    """Return the codes of an answer, each once: languages by name, others in the order given."""
    choices = LANGUAGES if kind == SiteFactKind.LANGUAGES else ANSWERS[kind]
    if unknown := [code for code in codes if code not in choices]:
        raise ValueError(f"{kind.label}: “{unknown[0][:16]}” can’t be chosen.")
    chosen = list(dict.fromkeys(codes))
    if kind != SiteFactKind.LANGUAGES and len(chosen) > 1:
        raise ValueError(f"{kind.label}: there can be one answer only.")
    return sorted(chosen, key=lambda code: choices[code])
