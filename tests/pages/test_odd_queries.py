"""Pages that take no search, asked with any query string."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.dictionaries(st.sampled_from(["page", "x", "number", "q"]), st.text(max_size=30)))
@pytest.mark.parametrize("path", ["/", "/find/", "/conditions/", "/conditions/lupus/", "/about/"])
def test_pages_survive_any_query(pat: Client, path: str, query: dict[str, str]) -> None:
    assert pat.get(path, query).status_code in {200, 302, 400, 404}
