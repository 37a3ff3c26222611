"""The readers of environment variables: one type each, or one sentence that says what to set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findatrial import env

NAME = "FINDATRIAL_TEST_VALUE"
NOT_NULL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


def read(reader: str, value: str, **options: object) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NAME, value)
        return getattr(env, reader)(NAME, **options)


def refusal(reader: str, value: str, **options: object) -> str | None:
    """Return the sentence of a refusal, or nothing for a value that was read."""
    try:
        read(reader, value, **options)
    except env.ConfigurationError as stop:
        return str(stop)
    return None


@given(NOT_NULL | st.integers(-100, 100).map(str))
def test_integer_is_in_range_or_refused_with_advice(value: str) -> None:
    sentence = refusal("integer", value, default=5, low=1, high=64)
    if sentence is None:
        assert 1 <= int(value.strip() or 5) <= 64
    else:
        assert sentence.endswith(
            f"{NAME} is “{value.strip()}”. Set it to a whole number from 1 to 64."
        )


@given(st.sampled_from(["postgresql://", "smtp://", "smtp+tls://", ""]), NOT_NULL)
def test_urls_are_read_or_refused_with_advice(scheme: str, rest: str) -> None:
    for reader in ("postgresql_url", "email_url"):
        sentence = refusal(reader, scheme + rest)
        assert sentence is None or (f"{NAME} " in sentence and "Set it to an" in sentence)


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_boolean_understands_yes(value: str) -> None:
    assert read("boolean", value) is True


@pytest.mark.parametrize("value", ["0", "false", "No", "off"])
def test_boolean_understands_no(value: str) -> None:
    assert read("boolean", value, default=True) is False


def test_boolean_refuses_the_rest() -> None:
    with pytest.raises(env.ConfigurationError, match="Set it to true or false"):
        read("boolean", "perhaps")


def test_host_names_are_parted_by_commas() -> None:
    assert read("host_names", "a.example, b.example ,", meaning="hosts") == [
        "a.example",
        "b.example",
    ]


def test_text_of_blanks_counts_as_not_set() -> None:
    with pytest.raises(env.ConfigurationError, match=f"{NAME} is not set. Set it to a name."):
        read("text", "  ", meaning="a name")


def test_base_url_loses_its_closing_slash() -> None:
    assert read("base_url", "https://a.example/", meaning="an address") == "https://a.example"


@pytest.mark.parametrize(
    "value", ["https://a.example", "a.example:443", "a b", "a.example;b.example", "a/b"]
)
def test_host_names_refuse_what_no_request_can_carry(value: str) -> None:
    with pytest.raises(env.ConfigurationError, match="which is no host"):
        read("host_names", value, meaning="hosts")


@pytest.mark.parametrize("value", ["[::1]", "127.0.0.1", ".example.org", "a-b.example"])
def test_host_names_take_every_form_of_a_host(value: str) -> None:
    assert read("host_names", value, meaning="hosts") == [value]


@pytest.mark.parametrize("value", ["nope", "javascript:alert(1)", "a@b.example\nBcc: x@y.example"])
def test_email_address_refuses_the_rest(value: str) -> None:
    with pytest.raises(env.ConfigurationError, match="Set it to an address"):
        read("email_address", value, meaning="an address")


@pytest.mark.parametrize("value", ["help@a.example", "Find a Trial <help@a.example>"])
def test_email_address_may_have_a_name(value: str) -> None:
    assert read("email_address", value, meaning="an address") == value


@pytest.mark.parametrize("value", ["javascript:alert(1)", 'https://a.example/"onload', "/code"])
def test_web_address_refuses_the_rest(value: str) -> None:
    with pytest.raises(env.ConfigurationError, match="Set it to an address"):
        read("web_address", value)


@pytest.mark.parametrize(
    "value", ["https://u:p@a.example", "https://a b.example", "https://a.example:99999"]
)
def test_base_url_refuses_what_is_no_plain_address(value: str) -> None:
    with pytest.raises(env.ConfigurationError, match="Set it to an address"):
        read("base_url", value, meaning="an address")
