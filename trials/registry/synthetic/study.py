"""A whole invented study: the parts of a record, put together as the registry does."""

from dataclasses import dataclass
from random import Random

import msgspec

from trials.registry.synthetic import coinage, design
from trials.registry.synthetic import proportions as share
from trials.registry.synthetic.chance import Draw, early, pick
from trials.registry.synthetic.people import People
from trials.registry.synthetic.places import Places
from trials.registry.synthetic.subjects import Subject, Subjects, browse
from trials.registry.synthetic.texts import Texts, about

Row = dict[str, object]

_FIRST_YEAR, _THIS_YEAR, _THIS_MONTH = 2000, 2026, 11
_OPEN_YEARS = Draw([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026], [1, 2, 4, 8, 14, 22, 28, 21])
_YEARS = Draw(range(_FIRST_YEAR, _THIS_YEAR + 1), [4, 4, 4, 5, 6, 22, *range(24, 45)])
_RESULT_STOCK = 400
_TITLE_WITH_TWO = 0.15


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a study is about; `named` are its conditions as it writes them."""

    kind: str
    status: str
    conditions: list[Subject]
    treatments: list[tuple[str, Subject]]
    named: list[str]
    treatment: str

    @property
    def has_ended(self) -> bool:
        return self.status in share.ENDED

    @property
    def may_have_results(self) -> bool:
        return self.has_ended and self.kind == "INTERVENTIONAL"

    def fill(self, text: str) -> str:
        """Return a text with the first condition and treatment in their places."""
        return about(text, self.named[0], self.treatment)


class Studies:
    """Makes studies: everything that is slow to make is made once."""

    def __init__(self, seed: int) -> None:
        self._random = random = Random(seed)  # noqa: S311  (invented records, not secrets)
        self._texts = Texts(random)
        self._places = Places(random)
        self._subjects = Subjects(random, self._texts.terms)
        cities = [
            self._places.city(random, country).name for country in share.HOME.values for _ in "1234"
        ]
        self._people = People(random, cities)
        self._results = [self._result() for _ in range(_RESULT_STOCK)]

    def make(self, nct_id: str) -> Row:
        """Return the record of a study that will have this id."""
        random, topic = self._random, self._topic()
        module = self._arms(topic)
        has_results = topic.may_have_results and random.random() < share.HAS_RESULTS
        protocol: Row = {
            "identificationModule": self._identification(nct_id, topic),
            "statusModule": self._status(topic.status, has_results),
            "sponsorCollaboratorsModule": self._sponsors(),
            "descriptionModule": self._description(topic),
            **self._design(topic, module),
            "contactsLocationsModule": self._locations(topic.status),
            **self._oversight(),
        }
        count = share.REFERENCES(random)
        if count:
            protocol["referencesModule"] = {"references": [self._reference() for _ in range(count)]}
        study: Row = {
            "protocolSection": protocol,
            "derivedSection": {
                "conditionBrowseModule": browse(topic.conditions),
                "interventionBrowseModule": browse([found for _, found in topic.treatments]),
            },
            "hasResults": has_results,
        }
        if has_results:
            measures = [pick(random, self._results) for _ in range(share.RESULT_MEASURES(random))]
            study["resultsSection"] = {"outcomeMeasuresModule": {"outcomeMeasures": measures}}
        return study

    def _topic(self) -> _Topic:
        random = self._random
        kind = share.STUDY_TYPE(random)
        status = share.STATUS[kind](random)
        conditions = self._subjects.conditions(random, share.CONDITIONS(random))
        treatments = [self._subjects.treatment(random) for _ in range(share.INTERVENTIONS(random))]
        if kind == "OBSERVATIONAL":
            treatments = treatments[1:]
        named = list(dict.fromkeys(early(random, found.names) for found in conditions))
        treatment = treatments[0][1].names[0] if treatments else self._texts.terms(random)
        return _Topic(kind, status, conditions, treatments, named, treatment)

    def _arms(self, topic: _Topic) -> Row:
        groups, interventions = design.arms(self._random, self._texts, topic.treatments, topic.fill)
        return {"armGroups": groups, "interventions": interventions}

    def _design(self, topic: _Topic, arms: Row) -> Row:
        """Return the modules from conditions to eligibility."""
        random, texts = self._random, self._texts
        return {
            "conditionsModule": {
                "conditions": topic.named,
                "keywords": design.keywords(random, texts, topic.named[0]),
            },
            "designModule": design.design(random, topic.kind, topic.has_ended),
            "armsInterventionsModule": arms,
            "outcomesModule": design.outcomes(random, texts, topic.fill),
            "eligibilityModule": design.eligibility(random, texts, topic.kind, topic.fill),
        }

    def _oversight(self) -> Row:
        random = self._random
        return {
            "oversightModule": {
                "oversightHasDmc": random.random() < share.HAS_COMMITTEE,
                "isFdaRegulatedDrug": random.random() < share.IS_REGULATED,
            },
            "ipdSharingStatementModule": {
                "ipdSharing": "NO",
                "description": self._texts.some(random, "method", 2),
            },
        }

    def _identification(self, nct_id: str, topic: _Topic) -> Row:
        random, texts, fill, named = self._random, self._texts, topic.fill, topic.named
        title = fill(texts.one(random, "title"))
        if len(named) > 1 and random.random() < _TITLE_WITH_TWO:
            title = f"{title} and {named[1]}"
        row: Row = {
            "nctId": nct_id,
            "orgStudyIdInfo": {"id": coinage.code(random)},
            "briefTitle": title,
            "officialTitle": fill(texts.one(random, "official")),
        }
        others = share.SECONDARY_IDS(random)
        if others:
            row["secondaryIdInfos"] = [self._other_id() for _ in range(others)]
        if random.random() < share.HAS_ACRONYM:
            row["acronym"] = texts.terms(random)[: 4 + int(random.random() * 4)].upper()
        return row

    def _other_id(self) -> Row:
        random = self._random
        kind = share.SECONDARY_ID_TYPE(random)
        if kind in ("EUDRACT_NUMBER", "CTIS"):
            year, number = pick(random, range(2004, 2026)), int(random.random() * 1e6)
            return {"id": f"{year}-{number:06d}-{int(random.random() * 90) + 10}", "type": kind}
        return {"id": coinage.code(random), "type": kind}

    def _status(self, status: str, has_results: bool) -> Row:
        random = self._random
        year = (_OPEN_YEARS if status in share.OPEN else _YEARS)(random)
        posted = self._day(year)
        changed = max(posted, self._day(min(year + int(random.random() * 5), _THIS_YEAR)))
        stopped = design.why_stopped(random, self._texts, status)
        row: Row = {
            "overallStatus": status,
            "statusVerifiedDate": changed[:7],
            "studyFirstSubmitDate": posted,
            "studyFirstSubmitQcDate": posted,
            "lastUpdateSubmitDate": changed,
            "primaryCompletionDateStruct": {"date": f"{year + 1}-06", "type": "ESTIMATED"},
            "startDateStruct": {"date": f"{year}-{int(random.random() * 12) + 1:02d}"},
            "completionDateStruct": {"date": f"{year + 1 + int(random.random() * 6)}-12"},
            "studyFirstPostDateStruct": {"date": posted, "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": changed, "type": "ACTUAL"},
        }
        if stopped:
            row["whyStopped"] = stopped
        if has_results:
            row["resultsFirstPostDateStruct"] = {"date": changed, "type": "ACTUAL"}
        return row

    def _day(self, year: int) -> str:
        months = _THIS_MONTH - 1 if year == _THIS_YEAR else 12
        month, day = int(self._random.random() * months) + 1, int(self._random.random() * 28) + 1
        return f"{year}-{month:02d}-{day:02d}"

    def _sponsors(self) -> Row:
        row: Row = {"leadSponsor": self._people.sponsor(self._random)}
        count = share.COLLABORATORS(self._random)
        if count:
            row["collaborators"] = [self._people.sponsor(self._random) for _ in range(count)]
        return row

    def _description(self, topic: _Topic) -> Row:
        random, texts, fill = self._random, self._texts, topic.fill
        rest = texts.some(random, "method", share.SUMMARY(random))
        row: Row = {"briefSummary": fill(f"{texts.one(random, 'aim')} {rest}")}
        count = share.DESCRIPTION(random)
        if count:
            row["detailedDescription"] = fill(texts.some(random, "method", count))
        return row

    def _locations(self, status: str) -> Row:
        random, people = self._random, self._people
        sites = self._places.sites(random, share.HOME(random))
        row: Row = {"locations": sites}
        if status in share.OPEN:
            for site in sites:
                own = design.status_of_site(random, status)
                if own:
                    site["status"] = own
                if random.random() < share.SITE_HAS_CONTACT:
                    site["contacts"] = [people.contact(random) for _ in "12"]
            row["centralContacts"] = [people.contact(random) for _ in "12"]
        if random.random() < share.HAS_OFFICIAL:
            name = people.person(random)
            row["overallOfficials"] = [{"name": name, "role": "PRINCIPAL_INVESTIGATOR"}]
        return row

    def _reference(self) -> Row:
        random, texts = self._random, self._texts
        year, page = 1985 + int(random.random() * 40), int(random.random() * 900) + 10
        return {
            "pmid": f"99{int(random.random() * 1e6):06d}",
            "type": "BACKGROUND",
            "citation": f"{self._people.person(random)}, {self._people.person(random)}. "
            f"{texts.one(random, 'official')}. J {texts.terms(random).capitalize()} Res. {year}; "
            f"{page}-{page + 9}.",
        }

    def _result(self) -> msgspec.Raw:
        """Return a measure of a results section, ready as JSON; the portal only keeps it."""
        random, texts = self._random, self._texts
        values = [
            {"groupId": f"OG{number:03d}", "value": str(int(random.random() * 100))}
            for number in range(16)
        ]
        return msgspec.Raw(
            msgspec.json.encode(
                {
                    "type": "PRIMARY",
                    "title": texts.one(random, "outcome"),
                    "description": texts.some(random, "detail", 7),
                    "populationDescription": texts.some(random, "method", 9),
                    "timeFrame": texts.one(random, "period"),
                    "classes": [{"categories": [{"measurements": values}]}],
                }
            )
        )
