"""In which language a registry text is written, as far as pages must know to mark it with `lang`.

Decided by script, and for five languages in Latin script by their commonest small words. English
and whatever can't be told are the empty text.
"""

import re

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD_LISTS = {
    "es": "el los las una del con para por que pacientes y según años",
    "fr": "le les des une du avec pour est dans et au aux chez sur patients",
    "de": "der die das und mit für von bei ist den dem eine einer oder nicht",
    "pt": "os uma do da dos das com para por não pacientes em ao e são",
    "it": "il gli della dei delle con per che una nel pazienti e alla non",
    "en": "the of and in with to for or who is are at least patients by on",
}
_SMALL_WORDS = {tag: frozenset(words.split()) for tag, words in _SMALL_WORD_LISTS.items()}
_NAMES = {
    "ja": "Japanese",
    "ko": "Korean",
    "zh": "Chinese",
    "he": "Hebrew",
    "el": "Greek",
    "th": "Thai",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
}
# A script that several languages share says less than its tag: Ukrainian is marked "ru" too.
_SHARED_SCRIPTS = {"ru": "Cyrillic letters", "ar": "Arabic letters", "hi": "Devanagari letters"}
_RIGHT_TO_LEFT = frozenset({"ar", "he"})
# Fewer small words than this prove nothing: "de novo", "et al.", "in vitro" are English too.
_LEAST_DIFFERENT, _LEAST_SHARE = 3, 0.2


def language_of(text: str) -> str:
    """Return the language tag of a text (`zh`, `ru`, `es` …), empty for English or unknown."""
    return "" if text.isascii() and len(text) < 40 else _by_script(text) or _by_words(text)


def language_name(language: str) -> str:
    """Return a tag's name in English, or its letters where the script alone was told."""
    return _SHARED_SCRIPTS.get(language) or _NAMES.get(language, "another language")


def direction_of(language: str) -> str:
    """Return `rtl` for a language that reads right to left, else an empty text."""
    return "rtl" if language in _RIGHT_TO_LEFT else ""


def _by_script(text: str) -> str:
    """Return the first language whose script has half of the letters (kana before Han)."""
    if text.isascii():
        return ""
    letters = len(_LETTER.findall(text))
    counts = {tag: len(script.findall(text)) for tag, script in _SCRIPTS}
    if counts["ja"]:
        counts["ja"] += counts["zh"]
    for tag, found in counts.items():
        if found and found * 2 >= letters:
            return tag
    return ""


def _by_words(text: str) -> str:
    """Return the one of five languages whose small words are plainly the commonest."""
    words = _WORD.findall(text.casefold())
    hits = {tag: [word for word in words if word in small] for tag, small in _SMALL_WORDS.items()}
    best = max(hits, key=lambda tag: len(hits[tag]))
    enough = len(set(hits[best])) >= _LEAST_DIFFERENT and len(hits[best]) >= (
        _LEAST_SHARE * len(words)
    )
    clear = len(hits[best]) > 2 * len(hits["en"])
    return best if enough and clear else ""
