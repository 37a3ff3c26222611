import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.cleaning import LONGEST, cleaned


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("take <5 mg, >10 mg; a < b > c", "take <5 mg, >10 mg; a < b > c"),
        ("x <b or c> d, p<b>c", "x <b or c> d, p<b>c"),
        (
            "“You” can’t – or won’t — 3 × ULN ≥ 5 µg ± 2 °C",
            "“You” can’t – or won’t — 3 × ULN ≥ 5 µg ± 2 °C",
        ),
        ("A first line.\r\n\r\n\r\n\r\nA second.  \n", "A first line.\n\nA second."),
        ("one\rtwo\x0bthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("5\u00a0mg\u2009of\u3000it\tnow  here", "5 mg of it now here"),
        ("hy\u00adphen, zero\u200bwidth, \ufeff\u202ebidi\u202c", "hyphen, zerowidth, bidi"),
        ("non\u2011small, PD\x1eL1, opt\x1fional", "non-small, PD-L1, optional"),
        ("caf\u0065\u0301", "café"),
        ("5\x0010", "5 10"),
        (
            "• one\n·\ttwo\no three\n▪four\n\uf0b7 five\n– six\n* seven\n•\neight",
            "- one\n- two\n- three\n- four\n- five\n- six\n- seven\n- eight",
        ),
        ("·5 mg\n* 5 mg\n– 5 °C\no’clock", "·5 mg\n* 5 mg\n– 5 °C\no’clock"),
        ("\uf0b3 18 and \uf0a3 65", "≥ 18 and ≤ 65"),
        ("good 🙂 news 🎉🎉.", "good news ."),
        ("1🙂2 and 1\ufe0f\u20e3 ♀\ufe0f", "1 2 and 1 ♀"),
        ("5 ➔ 10", "5 → 10"),
        ("❶ first", "❶ first"),
        ("a &lt;5 &amp; b &ge; 6&nbsp;mg", "a <5 & b ≥ 6 mg"),
        ("R&D; AT&T &copy", "R&D; AT&T &copy"),
    ],
)
def test_cleaned_text_keeps_what_was_said(pasted, kept):
    result = cleaned(pasted)
    assert (result.text, result.refusal) == (kept, "")


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>Hello <b>you</b></p><p class='x'>there</p>", "Hello you\n\nthere"),
        ("one<br>two<BR/>three", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n\n- two"),
        ("<td>5</td><td>6</td>", "5 6"),
        ("10<sup>9</sup>/L, CO<sub>2</sub>, 1<sup>st</sup>, 5<sub>2</sub>", "10⁹/L, CO2, 1st, 5₂"),
        (
            "<!--[if gte mso 9]><xml><w:x>a</w:x></xml><![endif]-->"
            "<p class=MsoNormal>Hi<o:p></o:p></p>",
            "Hi",
        ),
        ("<style>p {color: red}</STYLE><p>é</p>", "é"),
        ("<span lang=EN-US style='font-size:11.0pt'>≥5 mg</span>", "≥5 mg"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
    ],
)
def test_cleaned_markup_leaves_its_words(pasted, kept):
    result = cleaned(pasted)
    assert result.text == kept
    assert "Formatting was taken out; its words stayed." in result.remarks


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("Hi <script>alert(1)</script>", "program"),
        ("Hi <SCRIPT src=x>", "program"),
        ("&lt;script&gt;", "program"),
        ("<iframe src='https://www.example.org'></iframe>", "program"),
        ("You are <del>not</del> pregnant", "struck-out"),
        ("You are <s>not</s> pregnant", "struck-out"),
        ("age \ufffd 18", "got lost"),
        ("age \ue123 18", "got lost"),
        (f"age {chr(0xD800)} 18", "got lost"),
        ("x" * (LONGEST + 1), "20,000 characters"),
        ("&" + "amp;" * 30 + "lt;", "program code"),
    ],
)
def test_cleaned_text_is_refused_with_the_reason_and_stays(pasted, reason):
    result = cleaned(pasted)
    assert reason in result.refusal
    assert result.text == pasted
    assert result.remarks == ()


@pytest.mark.parametrize(
    ("pasted", "remark"),
    [
        ("• one", "Bullets became"),
        ("a\u00a0b", "Special spaces"),
        ("a\u200bb", "Hidden characters"),
        ("\uf0b3 18", "Please check them"),
        ("yes 🙂🎉", "Emoji were taken out: 🙂 🎉."),
    ],
)
def test_cleaned_text_says_what_was_changed(pasted, remark):
    (said,) = cleaned(pasted).remarks
    assert remark in said


def test_cleaned_text_without_changes_has_no_remarks():
    assert cleaned("You take <5 mg.\n\n- one\n- two").remarks == ()
    assert cleaned("").text == ""


TAGS = ["<p>", "</p>", "<b>", "</b>", "<sup>", "</sup>", "<!--", "-->", "<style>", "</style>"]
MARKS = ["&lt;", "&amp;", "&#8805;", "<", "b", ">", "x=", "•", "o ", "5", " ", "\n", "🙂", "\u0301"]
PASTED = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&;/= \n\t-•·o*–pb19≥≤🙂❤\u200b\u00ad\u00a0\uf0b7\ufe0f\u20e3\r"),
    )
) | st.lists(st.sampled_from([*MARKS, *TAGS])).map("".join)


@given(PASTED)
def test_cleaned_text_stays_when_cleaned_again(pasted):
    once = cleaned(pasted)
    again = cleaned(once.text)
    assert again.text == once.text
    assert again.remarks == ()
    assert again.refusal == once.refusal


def told(text):
    """Letters, digits and comparators in order, as NFC has them."""
    return [
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isalnum() or sign in "<>=≤≥±×%.,"
    ]


# Plain text: no markup, no “o” as a bullet, no ✖ (which becomes ×).
PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Co", "Cn"], exclude_characters="&\ufffdoØüqv✖")
    | st.sampled_from("0123456789<>≤≥%.,- \n")
).filter(lambda text: "</" not in text and "<!" not in text)


@given(PLAIN)
def test_cleaned_plain_text_keeps_letters_digits_and_comparators(pasted):
    result = cleaned(pasted)
    if not result.remarks and not result.refusal:
        assert told(result.text) == told(pasted)
    letters = [sign for sign in told(pasted) if sign.isalnum()]
    assert [sign for sign in told(result.text) if sign.isalnum()] == letters


@given(PASTED)
def test_cleaned_text_has_no_hidden_sign_and_no_loose_space(pasted):
    result = cleaned(pasted)
    if result.refusal:
        return
    assert all(sign == "\n" or sign.isprintable() for sign in result.text)
    assert "  " not in result.text
    assert "\n\n\n" not in result.text
    assert all(line == line.strip(" ") for line in result.text.split("\n"))


@pytest.mark.parametrize(
    "piece", ["<b ", "<!--", "<xml>", "<su", "&amp;", "<p a=", " ", "•", "if "]
)
def test_cleaned_text_of_any_make_is_bounded(piece):
    pasted = (piece * LONGEST)[:LONGEST]
    assert len(cleaned(pasted).text) <= LONGEST
