"""What a search reads: one narrow row a public trial, apart from the wide rows of its facts.

`indexing` writes these rows, `search` reads them; nobody else does either, apart from `ToldStatus`.
A trial that is hidden or has left the registry has none.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from trials.models.places import Place
from trials.models.sites import Site
from trials.models.trial import Trial
from trials.terms.registry import RecruitmentStatus


class CountrySet(models.Model):
    """The countries of a trial: some thousands of sets serve all trials, so a set is a number."""

    codes = ArrayField(
        models.TextField(),
        unique=True,
        help_text="ISO 3166 codes (or names that have none), sorted; empty for no site",
    )

    class Meta:
        indexes = [GinIndex(fields=["codes"], name="countryset_codes")]

    def __str__(self) -> str:
        return ", ".join(self.codes)


# Every signature is. A search without words says so and may use these indexes; one with words does
# not, or the planner would rather read one of them whole than ask for the words.
_OPEN_WITHOUT_WORDS = Q(is_open=True, signature__gte=0)


class SearchRow(models.Model):
    """A trial as a search sees it."""

    trial = models.OneToOneField(
        Trial, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    is_open = models.BooleanField(help_text="Open now or soon: the default of a search")
    signature = models.BigIntegerField(help_text="The bits of its facets: trials.terms.facets")
    country_set = models.ForeignKey(CountrySet, on_delete=models.PROTECT, related_name="+")
    minimum_age_months = models.FloatField(default=0)
    maximum_age_months = models.FloatField(default=float("inf"))
    posted_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    vector = SearchVectorField()
    padding = models.TextField(
        blank=True,
        editable=False,
        help_text="Keeps the rows of closed trials narrow: decision 0016",
    )

    class Meta:
        indexes = [
            # Words among open trials, and among all: search.statement
            GinIndex(
                fields=["vector"],
                fastupdate=False,
                condition=Q(is_open=True),
                name="searchrow_open_words",
            ),
            GinIndex(fields=["vector"], fastupdate=False, name="searchrow_words"),
            # Facets without words, read from the index alone: search.statement
            models.Index(
                fields=["trial"],
                include=[
                    "signature",
                    "country_set",
                    "minimum_age_months",
                    "maximum_age_months",
                    "posted_on",
                    "changed_on",
                ],
                condition=_OPEN_WITHOUT_WORDS,
                name="searchrow_open_facets",
            ),
            models.Index(
                fields=["trial"],
                include=[
                    "is_open",
                    "signature",
                    "country_set",
                    "minimum_age_months",
                    "maximum_age_months",
                    "posted_on",
                    "changed_on",
                ],
                name="searchrow_facets",
            ),
            # The newest, and the last changed, of the open trials and of all: search.statement
            *(
                models.Index(
                    F(column).desc(nulls_last=True),
                    F("trial").desc(),
                    condition=_OPEN_WITHOUT_WORDS if is_open else None,
                    name=f"searchrow_{'open_' if is_open else ''}{column.removesuffix('_on')}",
                )
                for column in ("posted_on", "changed_on")
                for is_open in (True, False)
            ),
        ]

    def __str__(self) -> str:
        return f"Search row of {self.trial_id}"


class SearchText(models.Model):
    """The longer words of a trial, asked only where its search row answers with too little."""

    trial = models.OneToOneField(
        Trial, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    vector = SearchVectorField()

    class Meta:
        # Written in bulk, a quarter of the cost; it is asked seldom, and may be a little slower.
        indexes = [GinIndex(fields=["vector"], name="searchtext_words")]

    def __str__(self) -> str:
        return f"Search text of {self.trial_id}"


class TrialPlace(models.Model):
    """That a trial runs at a place where it counts for a search.

    Of a trial that is open now or soon only the sites that are count, or that have no status of
    their own; of any other trial all sites do.
    """

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trial_places")
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="trial_places", db_index=False
    )
    is_open = models.BooleanField(help_text="As the trial's search row")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "place"], name="trialplace_once")]
        indexes = [
            # The trials near a point, read from the index alone: search.statement
            models.Index(
                fields=["place", "trial"], condition=Q(is_open=True), name="trialplace_open"
            ),
            models.Index(fields=["place", "trial"], name="trialplace_all"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} at {self.place_id}"


class ToldStatus(models.Model):
    """The status that a site counts with instead of the registry's: its study team gives it.

    `coordinators.telling` writes these rows, `indexing` reads them. They go with their site.
    """

    # The migration gives the table a reference that the database itself follows: an import removes
    # sites without knowing of us.
    site = models.OneToOneField(
        Site,
        primary_key=True,
        on_delete=models.CASCADE,
        db_constraint=False,
        related_name="told_status",
    )
    status = models.CharField(max_length=32, choices=RecruitmentStatus.choices)

    def __str__(self) -> str:
        return f"{self.site_id}: {self.status}"


class SearchWord(models.Model):
    """A word of the trials' own vocabulary, for misspellings and for how telling a word is."""

    word = models.TextField(unique=True, help_text="Folded: lower case, no accents")
    stem = models.TextField(db_index=True)
    trials = models.PositiveIntegerField(
        help_text="In how many readings of a record it occurred; about the number of trials"
    )

    class Meta:
        indexes = [
            # The commonest words: search
            models.Index(fields=["-trials"], name="searchword_common"),
        ]

    def __str__(self) -> str:
        return self.word
