"""Whatever records and colleagues wrote, a letter's headers are ours and its words are escaped."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from trials.coordinators.letters.message import Words, one_line, written
from trials.models import Letter
from trials.terms.letters import LetterKind
from trials.terms.plain.letters import subject

HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Reply-To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
}
WRITTEN = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "\r\n",
            "\n",
            "\r",
            "\x0b",
            "\x85",
            "\u2028",
            "\x00",
            "\u202e",
            " ",
            "Bcc: x@y.example",
            "Å",
        ]
    ),
    max_size=12,
).map("".join)


def topic(title: str, place: str, question: str = "") -> dict[str, str]:
    return {
        "title": one_line(title, 300),
        "nct_id": "NCT00000001",
        "place": one_line(place, 120),
        "why": "Nobody has confirmed these details yet.",
        "question": question,
        "link": "https://trials.example.org/confirm/?key=a&b=c",
    }


@override_settings(DEFAULT_FROM_EMAIL="portal@example.org")
@given(title=WRITTEN, place=WRITTEN, question=WRITTEN)
@pytest.mark.parametrize("kind", [LetterKind.INVITATION, LetterKind.HAND_OVER])
def test_nothing_written_gets_into_the_headers(
    kind: LetterKind, title: str, place: str, question: str
) -> None:
    words = Words(
        "sites",
        subject(kind, [place]),
        {"topics": [topic(title, place, question)], "days": 30},
        "Because.",
    )
    message = written(Letter(kind=kind, address="ruth@team.example"), words)
    mail = message_from_bytes(message.message().as_bytes(linesep="\r\n"), policy=default)
    assert set(mail.keys()) == HEADERS
    assert len(mail.keys()) == len(HEADERS)
    assert mail["To"] == "ruth@team.example"
    assert len(mail["Subject"].splitlines()) == 1
    assert mail.defects == []
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@given(title=WRITTEN, place=WRITTEN)
def test_words_of_records_are_one_line_each(title: str, place: str) -> None:
    for text, most in ((title, 300), (place, 20)):
        line = one_line(text, most)
        assert len(line) <= most
        assert len(line.splitlines()) <= 1
        assert not set("\x00\r\n\u2028\u202e").intersection(line)
        assert line == line.strip()


@given(st.text(alphabet="<>&\"'ab \n", max_size=80))
def test_html_version_is_escaped_and_the_text_is_not(question: str) -> None:
    words = Words("sites", "Hello", {"topics": [topic("A", "B", question)], "days": 30}, "Because.")
    message = written(Letter(address="ruth@team.example"), words)
    assert "\n\n\n" not in message.body
    (alternative,) = message.alternatives
    quoted = alternative.content.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "<" not in quoted.replace("<br>", "")
    assert '"' not in quoted
    if "\n" not in question and question.strip():
        assert question in message.body
