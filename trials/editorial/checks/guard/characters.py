"""One spelling for signs that look alike, a sign for a sign: offsets stay those of the text."""

_ALIKE = {
    **dict.fromkeys("‐‑‒–—−﹣－", "-"),
    **dict.fromkeys("’‘ʼ´`＇", "'"),
    **dict.fromkeys("“”„«»＂", '"'),
    **dict.fromkeys("⩾≧≩⪰", "≥"),
    **dict.fromkeys("⩽≦≨⪯", "≤"),
    **dict.fromkeys("✕✖∗·⋅•", "×"),
    **dict.fromkeys("\u2009\u202f\u00a0\u2007", "\u2009"),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85\r", "\n"),
    **dict.fromkeys("∼～˜", "~"),
    "μ": "µ",
    "Μ": "µ",
    "⁄": "/",
    "∕": "/",
    "﹪": "%",
    "，": ",",
    "；": ";",
    "。": ".",
    "、": ",",
    "﹥": ">",
    "﹤": "<",
}
# Full-width letters, digits and signs.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _ALIKE}
_TABLE = str.maketrans(_ALIKE) | _WIDE


def fold(text: str) -> str:
    """Return `text` in small letters and plain signs; its length stays the same."""
    plain = text.translate(_TABLE)
    small = plain.lower()
    if len(small) == len(plain):
        return small
    # A few capitals, as İ, become two characters.
    return "".join(one if len(one := sign.lower()) == 1 else sign for sign in plain)
