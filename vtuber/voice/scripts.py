"""Text in, what of it a voice can read out, and what it cannot in words. Pure.

A script is the first word of a letter's Unicode name: LATIN, CJK, HIRAGANA, CYRILLIC ...
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NAMES = {"CJK": "Chinese characters"}  # others are called by their own name
# language: the scripts that it is read in; all others are read in Latin letters alone
_SCRIPTS_OF = {
    "zh": "CJK BOPOMOFO", "cmn": "CJK BOPOMOFO", "yue": "CJK", "ja": "HIRAGANA KATAKANA CJK",
    "ko": "HANGUL", "ru": "CYRILLIC", "uk": "CYRILLIC", "be": "CYRILLIC", "bg": "CYRILLIC",
    "sr": "CYRILLIC", "mk": "CYRILLIC", "kk": "CYRILLIC", "el": "GREEK", "he": "HEBREW",
    "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "hi": "DEVANAGARI", "mr": "DEVANAGARI",
    "ne": "DEVANAGARI", "bn": "BENGALI", "ta": "TAMIL", "te": "TELUGU", "th": "THAI",
    "ka": "GEORGIAN", "hy": "ARMENIAN", "am": "ETHIOPIC",
}  # fmt: skip


def clean(text: str) -> str:
    """Leave out what has no sound: control characters, halves of pairs, joiners; blanks are one.

    Styled letters of chats become plain ones (Unicode's compatibility forms).

    >>> clean("a\\x00b\\u200bc  \\U0001d4d7i")
    'a bc Hi'
    """
    whole = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode())
    kept = (_kept(character) for character in whole)
    return " ".join("".join(kept).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    is_mark = "\u0300" <= character <= "\u036f" or "\ufe00" <= character <= "\ufe0f"
    return "" if is_mark or category in ("Cf", "Co", "Cn") else character


def script_of(character: str) -> str:
    """Name the script of a letter; "" for what belongs to none: digits, marks, emoji.

    >>> script_of("я"), script_of("7")
    ('CYRILLIC', '')
    """
    if not character.isalpha():
        return ""
    if character in "ー々":
        return "KATAKANA" if character == "ー" else "CJK"
    return unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]


def scripts_of(language: str) -> frozenset[str]:
    """Name the scripts that a language is read in, by its code, with Latin letters among them.

    >>> sorted(scripts_of("zh-CN"))
    ['BOPOMOFO', 'CJK', 'LATIN']
    """
    own = _SCRIPTS_OF.get(language.lower().replace("_", "-").partition("-")[0], "")
    return frozenset({"LATIN", *own.split()})


def split_by(text: str, known: Iterable[str]) -> tuple[str, str]:
    """Give what is written in scripts that are known, and what is not, each joined by blanks.

    >>> split_by("Hi 你好, you", {"LATIN"})
    ('Hi , you', '你好')
    """
    known = frozenset(known)
    foreign = [character for character in set(text) if script_of(character) not in known | {""}]
    if not foreign:
        return text, ""
    run = re.compile(f"[{re.escape(''.join(foreign))}]+")
    return " ".join(run.sub(" ", text).split()), " ".join(run.findall(text))


def has_words(text: str) -> bool:
    """Tell whether there is anything to say: a letter or a digit."""
    return any(character.isalnum() for character in text)


# script: the language by which espeak-ng reads it
_READ_AS = {
    "CJK": "cmn", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CYRILLIC": "ru",
    "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "BENGALI": "bn",
    "TAMIL": "ta", "TELUGU": "te", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ETHIOPIC": "am", "LATIN": "en-us",
}  # fmt: skip


def reader_of(text: str) -> str:
    """Name a voice that reads a text's scripts; "" where none of ours does.

    >>> reader_of("привет"), reader_of("これは日本")
    ('espeak:voice=ru', 'espeak:voice=ja')
    """
    found = {script_of(character) for character in text} - {""}
    if found & {"HIRAGANA", "KATAKANA"}:
        found -= {"CJK"}
    languages = {_READ_AS.get(script, "") for script in found}
    return f"espeak:voice={languages.pop()}" if len(languages) == 1 and "" not in languages else ""


def scripts_in(text: str) -> str:
    """Name the scripts of a text for people.

    >>> scripts_in("привет 你好")
    'Chinese characters and Cyrillic'
    """
    found = sorted({script_of(character) for character in text} - {""})
    return " and ".join(NAMES.get(name, name.capitalize()) for name in found)
