"""`contactsLocationsModule`: where the study runs, and whom to ask."""

import hashlib
import math
import uuid

from trials.registry import study
from trials.registry.parsers.values import Reader, Row, numbered
from trials.terms.registry import ContactRole, RecruitmentStatus

_PATH = "protocolSection.contactsLocationsModule"
_KEY_BYTES = 16
_INVESTIGATORS = frozenset(ContactRole.values) - {ContactRole.CONTACT}


def sites(module: study.ContactsLocationsModule, reader: Reader) -> list[Row]:
    """Return the sites, with the place's columns and the rows of its people inside."""
    return numbered(_site(location, reader) for location in module.locations)


def central_contacts(module: study.ContactsLocationsModule, reader: Reader) -> list[Row]:
    """Return the contacts for the whole trial."""
    return _contacts(module.central_contacts, f"{_PATH}.centralContacts", reader)


def overall_officials(module: study.ContactsLocationsModule, reader: Reader) -> list[Row]:
    """Return the lead researchers."""
    path = f"{_PATH}.overallOfficials.role"
    return numbered(
        {
            "name": official.name,
            "role": reader.code(ContactRole, official.role, path),
            "affiliation": official.affiliation,
        }
        for official in module.overall_officials
        if official.name
    )


def _site(location: study.Location, reader: Reader) -> Row:
    path = f"{_PATH}.locations"
    latitude, longitude = _point(location, reader)
    people = location.contacts
    return {
        "facility": _facility(location),
        "recruitment_status": reader.code(RecruitmentStatus, location.status, f"{path}.status"),
        "latitude": latitude,
        "longitude": longitude,
        "contacts": _contacts(
            [person for person in people if person.role not in _INVESTIGATORS],
            f"{path}.contacts",
            reader,
        ),
        "investigators": numbered(
            {"name": person.name, "role": person.role}
            for person in people
            if person.role in _INVESTIGATORS and person.name
        ),
    }


def _facility(location: study.Location) -> Row:
    place = {
        "name": location.facility.strip(),
        "city": location.city.strip(),
        "state": location.state.strip(),
        "zip": location.zip.strip(),
        "country": location.country.strip(),
    }
    text = "\x1f".join(place.values()).casefold()
    digest = hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).digest()
    return place | {"key": uuid.UUID(bytes=digest)}


def _point(location: study.Location, reader: Reader) -> tuple[float | None, float | None]:
    latitude, longitude = location.geo_point.lat, location.geo_point.lon
    if latitude is None and longitude is None:
        return None, None
    if (
        latitude is not None
        and longitude is not None
        and math.isfinite(latitude + longitude)
        and abs(latitude) <= 90
        and abs(longitude) <= 180
    ):
        return latitude, longitude
    reader.slip(
        f"{_PATH}.locations.geoPoint",
        f"{latitude}, {longitude}",
        "Not a point on Earth; the site is kept without coordinates.",
    )
    return None, None


def _contacts(people: list[study.Contact], path: str, reader: Reader) -> list[Row]:
    rows = []
    for person in people:
        row = {
            "name": person.name.strip(),
            "role": reader.code(ContactRole, person.role, f"{path}.role"),
            "phone": person.phone.strip(),
            "phone_ext": person.phone_ext.strip(),
            "email": person.email.strip(),
        }
        if row["name"] or row["phone"] or row["email"]:
            rows.append(row)
        else:
            reader.slip(path, row["role"], "A contact without name, phone or e-mail; left out.")
    return numbered(rows)
