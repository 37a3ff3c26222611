"""What editors paste, made into plain text, with a remark on what was changed.

Never changed: letters, digits, comparators. Where leaving something out could make another number
or another sentence of the rest (struck-out words, a lost sign), the text is refused instead.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 20_000
"""How many characters a field may have."""

# Cleaning goes on until nothing changes. Markup wrapped in markup more often than this is no text.
_MOST_ROUNDS = 8

# Only real names make a tag, so that “a <b or c>” and “<5 mg” stay words.
_INLINE = (
    "a|abbr|b|big|code|em|font|i|ins|label|mark|q|small|span|strong|su[pb]|tt|u|[a-z]\\w{0,9}:\\w+"
)
_BLOCK = (
    "article|aside|blockquote|body|br|center|dd|div|dl|dt|figure|footer|h[1-6]|head|header|hr|html"
    "|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_CELL = "col|colgroup|form|img|input|link|meta|td|th"


def _tags(names: str, opening: str = "/?") -> re.Pattern[str]:
    return re.compile(rf"<{opening}(?:{names})(?:\s+[\w:.-]+\s*=[^<>]*|\s*)/?>", re.I)


_PROGRAM_TAG = re.compile(r"<(?:script|iframe|object|embed|applet|svg|math)\b", re.I)
_STRUCK_TAG = _tags("del|s|strike")
_HIDDEN_TAG = re.compile(r"<(style|title|xml)\b[^<>]*>|<!--|<!doctype", re.I)
_RAISED = re.compile(r"<su([pb])>\s*([\d+−-]{1,9})\s*</su\1\s*>", re.I)
_RAISED_SIGNS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED_SIGNS = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_TAG_AS = (
    (_tags("li", opening=""), "\n- "),
    (_tags(_BLOCK), "\n"),
    (_tags(_CELL), " "),
)
_INLINE_TAG = _tags(_INLINE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", re.I)

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(
    r"^[^\S\n]*(?:[•●▪■◦○‣∙⁃✓✔➢➤❖\uf0a7\uf0b7\uf0d8\uf0fc]\s*|[·*–][^\S\n]+(?=[^\W\d])"
    r"|o[^\S\n]+|[§Øüqv]\t\s*)(?=\S)",
    re.M,
)
# Signs of Word's Symbol font, which other fonts show as a box.
_SYMBOLS = str.maketrans(
    {
        "\uf0a3": "≤",
        "\uf0b3": "≥",
        "\uf0b0": "°",
        "\uf0b1": "±",
        "\uf0b4": "×",
        "\uf06d": "µ",
        "\uf03c": "<",
        "\uf03e": ">",
        "\uf03d": "=",
        "\uf02b": "+",
        "\uf02d": "−",
    }
)
_LIKENESSES = str.maketrans(
    {"‐": "-", "‑": "-", "\x1e": "-", "\x1f": "", "➕": "+", "➖": "−", "✖": "×"}
    | dict.fromkeys("➔➙➛➜➝➞➟➠➡", "→")
)
# Pictures, not the signs ♀ and ♂, arrows, or numbers and letters with a ring around them.
_PICTURES = (
    "[\u2600-\u263f\u2641\u2643-\u2775\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u20e3"
    "\U0001f000-\U0001f0ff\U0001f170-\U0001faff]"
)
_PICTURE_RUN = re.compile(rf"{_PICTURES}+")
_BETWEEN_WORDS = re.compile(rf"(?<=\w){_PICTURES}+(?=\w)")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u034f]")
_ODD_SPACE = re.compile(r"[^\S\n ]")
_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r" {2,}")

_MARKUP = "Formatting was taken out; its words stayed."
_BULLETS = "Bullets became “- ”."
_SPACED = "Special spaces became normal ones."
_UNSEEN = "Hidden characters were taken out."
_SHOWN = "Signs of a special font became normal ones. Please check them."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it may be kept, what was changed for it, and why it is refused, if it is.

    A refused text stays as it was typed.
    """

    text: str
    remarks: tuple[str, ...] = ()
    refusal: str = ""


class _RefusedError(Exception):
    """The text can't be cleaned without a risk; the message tells the editor what to do."""


def cleaned(text: str) -> Cleaned:
    """Return a pasted text as plain text; cleaning it again changes nothing."""
    try:
        clean, remarks = _settled(text)
    except _RefusedError as error:
        return Cleaned(text, refusal=str(error))
    return Cleaned(clean, tuple(dict.fromkeys(remarks)))


def _settled(text: str) -> tuple[str, list[str]]:
    remarks: list[str] = []
    for _ in range(_MOST_ROUNDS):
        if len(text) > LONGEST:
            raise _RefusedError(
                f"This is longer than {LONGEST:,} characters. Leave out what the page does not "
                "need."
            )
        before, text = text, _once(text, remarks)
        if text == before:
            return text, remarks
    raise _RefusedError("This looks like program code. Paste it as plain text.")


def _once(text: str, remarks: list[str]) -> str:
    text = _LINE_END.sub("\n", text)
    text = _noted(text, _without_markup(text), _MARKUP, remarks)
    text = _noted(text, _BULLET.sub("- ", text), _BULLETS, remarks)
    text = _noted(text, text.translate(_SYMBOLS), _SHOWN, remarks).translate(_LIKENESSES)
    text = _noted(text, _ODD_SPACE.sub(" ", text), _SPACED, remarks)
    text = _without_pictures(text, remarks)
    text = _noted(text, _without_hidden(text), _UNSEEN, remarks)
    return _laid_out(unicodedata.normalize("NFC", text))


def _noted(before: str, after: str, remark: str, remarks: list[str]) -> str:
    if after != before:
        remarks.append(remark)
    return after


def _without_markup(text: str) -> str:
    """Return the words of pasted HTML; raises _RefusedError for programs and struck-out words."""
    if "<" in text:
        if _PROGRAM_TAG.search(text):
            raise _RefusedError(
                "This has a program or a picture in it (script, iframe, svg). Pages take words "
                "only: paste it as plain text."
            )
        if _STRUCK_TAG.search(text):
            raise _RefusedError(
                "This has struck-out words, which would come back. Accept or reject the tracked "
                "changes first, then paste again."
            )
        text = _RAISED.sub(_raised, _without_hidden_parts(text))
        has_closing = "</" in text
        for tag, instead in _TAG_AS:
            text = tag.sub(instead, text)
        if has_closing:  # “p<b>c” has none
            text = _INLINE_TAG.sub("", text)
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _without_hidden_parts(text: str) -> str:
    """Leave out comments and styles with what is in them; one that never ends stays."""
    kept, done = [], 0
    while match := _HIDDEN_TAG.search(text, done):
        closing = "-->" if match[0] == "<!--" else f"</{match[1]}>" if match[1] else ">"
        end = re.compile(re.escape(closing), re.I).search(text, match.end())
        kept.append(text[done : match.start() if end else match.end()])
        done = (end or match).end()
    return "".join((*kept, text[done:]))


def _raised(match: re.Match[str]) -> str:
    """Keep 10⁹ from becoming 109; below the line only where a digit stands before."""
    if match[1].lower() == "p":
        return match[2].translate(_RAISED_SIGNS)
    before = match.string[match.start() - 1 : match.start()]
    return match[2].translate(_LOWERED_SIGNS) if before.isdigit() else match[2]


def _without_pictures(text: str, remarks: list[str]) -> str:
    if found := _PICTURE_RUN.findall(text):
        some = " ".join(dict.fromkeys("".join(found)))[:19]
        remarks.append(f"Emoji were taken out: {some}. Say it in words if it matters.")
        text = _PICTURE_RUN.sub("", _BETWEEN_WORDS.sub(" ", text))
    return text


def _without_hidden(text: str) -> str:
    """Leave out what has no shape; raises _RefusedError for a sign that was lost on the way."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(map(_shown, _SELECTOR.sub("", text)))


def _shown(sign: str) -> str:
    if sign == "\n" or (sign.isprintable() and sign != "\ufffd"):
        return sign
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return " "  # never nothing: it may stand between two numbers
    if kind == "Cf":
        return ""
    raise _RefusedError(
        "A sign got lost when this was copied: it shows as a box or a question mark. Look at the "
        "source and type the sign."
    )


def _laid_out(text: str) -> str:
    lines = (_SPACES.sub(" ", line.strip(" ")) for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
