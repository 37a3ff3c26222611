"""From the registry's characters to the characters they mean. Knows nothing of lists or sides."""

import html
import re

import ftfy

# Two noncharacters hold the place of an escaped * or _ while emphasis marks are taken off.
_STAR, _LOW = "\ufdd0", "\ufdd1"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BARE_ENTITY = re.compile(r"&(lt|gt|amp|le|ge)(?![A-Za-z0-9;])")
_EMPHASIS = re.compile(
    r"(?<![*\w])(\*\*\*|\*\*|\*)(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\1(?![*\w])"
    r"|(?<![_\w])(___|__)(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])\3(?![_\w])"
)
_MAYBE_EMPHASIS = re.compile(r"\*[^\s*]|__")
_NON_ASCII = re.compile(r"[^\x00-\x7f]{2,8}")
_MOJIBAKE_LEAD = re.compile(r"[ÂÃâÎÏï]")
# Markdown writers put an empty comment between two lists; it says nothing.
_LIST_BREAK = re.compile(r"<!-- *-->")
_TAB = "    "
# All white space but the plain blank, once tabs and line ends are gone.
_ODD_SPACE = re.compile("[\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DEEPEST_ENCODING = 3


def readable(text: str) -> str:
    """Return `text` with each character as a person should see it; lines and columns are kept.

    Resolves backslash escapes and HTML entities (also doubly encoded ones), repairs UTF-8 that was
    read as cp1252, and takes off emphasis marks. No other character is changed, so full-width
    signs stay. Lines end in "\\n" afterwards.
    """
    text = _LIST_BREAK.sub("", "\n".join(text.splitlines()))
    if _MOJIBAKE_LEAD.search(text):
        text = _NON_ASCII.sub(_repair, text)
    if "\t" in text:
        text = text.replace("\t", _TAB)
    text = _with_plain_spaces(text)
    if "\\" in text or "&" in text:
        text = _resolve(text)
    if _MAYBE_EMPHASIS.search(text):
        text = _EMPHASIS.sub(lambda m: m[2] or m[4], text)
    return text.replace(_STAR, "*").replace(_LOW, "_")


def _repair(run: re.Match[str]) -> str:
    """Mend one run of foreign characters ("â‰¥"); the rest of the text may be sound."""
    found = run[0]
    return ftfy.fix_encoding(found) if _MOJIBAKE_LEAD.search(found) else found


def _resolve(text: str) -> str:
    """Take off layer by layer: `\\&amp;gt;` needs three rounds."""
    for _ in range(_DEEPEST_ENCODING):
        seen = text
        text = _ESCAPE.sub(_unescape, text)
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
        text = _BARE_ENTITY.sub(lambda m: html.unescape(m[0] + ";"), text)
        if text == seen:
            break
    return _with_plain_spaces("\n".join(text.splitlines()).replace("\t", _TAB))


def _with_plain_spaces(text: str) -> str:
    return text if text.isascii() and "\x1f" not in text else _ODD_SPACE.sub(" ", text)


def _unescape(escape: re.Match[str]) -> str:
    sign = escape[1]
    return {"*": _STAR, "_": _LOW}.get(sign, sign)
