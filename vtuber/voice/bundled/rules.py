"""What a text is made of, and how each kind is read: a table of rules. English. Pure.

Law: `RULES` is in order, the first that fits wins; the groups of a pattern begin with its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vtuber.voice.bundled import numbers, spoken

_MOST_LETTERS = 8  # that are spelled; what has more and no vowel is somebody leaning on a key


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found in the text."""

    match: re.Match[str]
    rule: str
    before: str  # the piece before it
    shouted: bool  # the whole text is in capitals

    def __getitem__(self, group: str) -> str:
        return self.match[f"{self.rule}_{group}"] or ""

    @property
    def text(self) -> str:
        return self.match[0].strip()


# -- what each rule says ---------------------------------------------------------------------------


def _address(found: Found) -> str:
    text = re.sub(r"^(https?://)?(www\.)?", "", found.text, flags=re.I).rstrip("/")
    parts = re.split(r"([./@:?=&_-])", text)
    names = {".": "dot", "/": "slash", "@": "at", "-": "dash", "_": "underscore"}
    return " ".join(names.get(part, _mixed(part)) for part in parts if part)


def _money(found: Found) -> str:
    one, many, cent, cents = spoken.MONEY[(found["sign"] or found["code"]).lower()]
    whole, _, rest = (found["amount"] or found["sum"]).replace(",", "").partition(".")
    scale = _SCALES.get((found["scale"] or found["size"]).lower(), "")
    if scale or (rest and len(rest) != 2):
        return f"{numbers.decimal(whole + '.' + rest if rest else whole)} {scale} {many}"
    said = f"{numbers.cardinal(whole)} {one if whole == '1' else many}"
    if rest.strip("0"):
        said += f" and {numbers.cardinal(rest)} {cent if rest == '01' else cents}"
    return said


_SCALES = {
    "k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion",
    "million": "million", "billion": "billion", "thousand": "thousand", "trillion": "trillion",
}  # fmt: skip


def _iso_date(found: Found) -> str:
    return _date(found["day"], spoken.MONTHS[int(found["month"]) - 1], found["year"])


def _slash_date(found: Found) -> str:
    month, day = int(found["a"]), int(found["b"])
    if month > 12:  # the day first, as most of the world writes it
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return f"{numbers.decimal(found['a'])} slash {numbers.decimal(found['b'])}"
    year = found["year"]
    return _date(str(day), spoken.MONTHS[month - 1], "20" + year if len(year) == 2 else year)


def _month_day(found: Found) -> str:
    name = found["month"] or found["name"]
    month = spoken.MONTH_OF[name.rstrip(".").lower()]
    return _date(found["day"] or found["number"], month, found["year"] or found["then"])


def _date(day: str, month: str, year: str) -> str:
    said = f"{month} {numbers.ordinal(day)}"
    return f"{said} {numbers.year(year)}" if year else said


def _time(found: Found) -> str:
    hour, minute, second = found["hour"], found["minute"], found["second"]
    half = " ".join((found["half"] or found["noon"]).upper().replace(".", ""))
    said = numbers.cardinal(hour)
    if minute and int(minute):
        said += " " + (f"oh {numbers.cardinal(minute)}" if minute[0] == "0"
                       else numbers.cardinal(minute))  # fmt: skip
    elif not half:
        said += " hundred" if int(hour) > 12 else " o'clock"
    if second and int(second):
        said += f" and {numbers.cardinal(second)} seconds"
    return f"{said} {half}"


def _decade(found: Found) -> str:
    return numbers.decade(found["years"])


def _version(found: Found) -> str:
    return " point ".join(numbers.cardinal(part) for part in found.text.lstrip("v").split("."))


def _telephone(found: Found) -> str:
    return " ".join(numbers.digits(part) for part in re.findall(r"\d+", found.text))


def _fraction(found: Found) -> str:
    part, whole = found["part"], found["whole"]
    names = {"2": ("half", "halves"), "3": ("third", "thirds"), "4": ("quarter", "quarters")}
    if part == whole:
        return f"{numbers.cardinal(part)} {numbers.cardinal(whole)}"
    if whole in names and int(part) < int(whole):
        one, many = names[whole]
        return f"{numbers.cardinal(part)} {one if part == '1' else many}"
    return f"{numbers.cardinal(part)} out of {numbers.cardinal(whole)}"


def _measure(found: Found) -> str:
    number, unit = found["number"], found["unit"] or found["apart"]
    one, many = spoken.UNITS[unit]
    if unit in ("p", "K") and number.isdecimal():
        return f"{numbers.year(number) if len(number) == 4 else numbers.decimal(number)} {one}"
    sign = "minus " if found["minus"] else ""
    return f"{sign}{numbers.decimal(number)} {one if number == '1' else many}"


def _range(found: Found) -> str:
    return f"{numbers.decimal(found['from'])} to {numbers.decimal(found['to'])}"


def _ordinal(found: Found) -> str:
    return numbers.ordinal(found["number"])


def _number(found: Found) -> str:
    text = found["number"]
    if found["sign"] == "#":
        return f"number {numbers.decimal(text)}"
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(found["sign"], "")
    if not sign and re.fullmatch(r"1[1-9]\d\d|20\d\d", text):
        return numbers.year(text)
    if len(text) > 1 and text[0] == "0" and "." not in text:
        return numbers.digits(text)
    return sign + numbers.decimal(text)


def _times_sign(found: Found) -> str:
    return f"times {numbers.decimal(found['number'])}"


def _handle(found: Found) -> str:
    return _mixed(found["name"])


def _tag(found: Found) -> str:
    return f"hashtag {_mixed(found['name'])}"


def _abbreviation(found: Found) -> str:
    return spoken.ABBREVIATIONS[found.text.lower()]


def _saint(found: Found) -> str:
    return "saint" if found.match.string[found.match.end() :].lstrip()[:1].isupper() else "street"


def _emoticon(found: Found) -> str:
    return spoken.EMOTICONS[found.text.lower()]


def _emoji(found: Found) -> str:
    if found.text in spoken.EMOJI:
        return spoken.EMOJI[found.text]
    import emoji

    name = emoji.demojize(found.text, delimiters=(" ", " "), language="en")
    return "" if name.strip() == found.text else re.sub(r"[_-]", " ", name)


def _initials(found: Found) -> str:
    return " ".join(re.findall(r"[A-Z]", found.text.upper()))


def _word(found: Found) -> str:
    text = found.text
    if text.lower() in spoken.SHORT and not found.shouted and (len(text) > 1 or text.islower()):
        return spoken.SHORT[text.lower()]
    if len(text) == 1 and text not in "aAI_":
        return text.upper()
    roman = re.fullmatch(r"(?=[IVX]{2})X{0,3}(IX|IV|V?I{0,3})", text)
    if roman and found.before[:1].isupper():
        return numbers.cardinal(str(numbers.roman(text)))
    return _mixed(text, found.shouted)


def _mixed(text: str, shouted: bool = False) -> str:
    """Read letters and digits without blanks: `PS5`, `camelCase`, `under_score`."""
    parts = re.findall(r"\d+|[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z']+|[A-Z]", text)
    return " ".join(
        numbers.decimal(part) if part.isdecimal() else _letters(part, shouted) for part in parts
    )


def _letters(word: str, shouted: bool) -> str:
    """Read a word, or spell it where it is an abbreviation."""
    lower = word.lower().strip("'")
    if len(lower) == 1 and lower not in "ai":
        return lower.upper()
    if lower in spoken.HUMMED:
        return spoken.HUMMED[lower]
    stem = lower.removesuffix("s") if word[-1:] == "s" and word[:-1].isupper() else lower
    has_vowel = any(letter in "aeiouy" for letter in stem)
    if 1 < len(stem) <= _MOST_LETTERS and (
        not has_vowel or (stem in spoken.LETTERED and not word.islower())
    ):
        return " ".join(stem.upper()) + ("'s" if stem != lower else "")
    return re.sub(r"([a-z])\1{2,}", _shorter, lower)


def _shorter(run: re.Match[str]) -> str:
    """Say "sooo" as so, but "cooool" as cool: e and o are often double, other letters seldom."""
    is_inside = run.end() < len(run.string)
    return run[1] * 2 if (is_inside and run[1] in "eo") or run[1] in "lsfz" else run[1]


def _symbol(found: Found) -> str:
    return spoken.SYMBOLS[found.text]


def _script(found: Found) -> str:
    names = foreign(found.text)
    if names == ["Greek"] and len(found.text) == 1:
        return unicodedata.name(found.text).rpartition(" ")[2]
    return f"some {names[0]}" if names else "something"


def _nothing(_: Found) -> str:
    return ""


# -- the rules, the first that fits ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of text: how it looks, and what it is read as."""

    pattern: str
    say: Callable[[Found], str]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_MONTH = f"(?:{_any(spoken.MONTH_OF)})"
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_EDGE, _END = r"(?<![\w.])", r"(?![\w])"
_CODES = _any([code for code in spoken.MONEY if code.isalpha()])
_SIGNS = _any([sign for sign in spoken.MONEY if not sign.isalpha()])
_ATTACHED = _any(spoken.UNITS)
_APART = _any([unit for unit in spoken.UNITS if unit not in spoken.ONLY_ATTACHED])
RULES = {
    "emoticon": Rule(rf"(?<!\w)(?i:{_any(spoken.EMOTICONS)})(?!\w)", _emoticon),
    "mark": Rule(r"\n+|[,;:()\[\]…]|[.?!…]+(?=[\s\"')\]]|$)|[?!]+|\s[-–—]+\s|[–—]|\.{2,}",
                  _nothing),
    "address": Rule(r"(?i:https?://\S+[\w/]|\b[\w.-]+@[\w-]+\.\w+|\b(?:www\.)?[a-z0-9-]+"
                     r"\.(?:com|net|org|tv|gg|io|me|co|dev|app|live|de|uk|jp)\b(?:/\S*\w)?)",
                     _address),
    "money": Rule(rf"(?P<money_sign>{_SIGNS})\s?(?P<money_amount>{_AMOUNT})"
                   r"(?:\s?(?P<money_scale>(?i:k|m|mn|b|bn|million|billion|thousand|trillion)))?\b"
                   rf"|{_EDGE}(?P<money_sum>{_AMOUNT})(?P<money_size>(?i:k|m|bn))?\s?"
                   rf"(?P<money_code>(?i:{_CODES})|[€£¥₩₹₽])(?!\w)", _money),
    "iso": Rule(rf"{_EDGE}(?P<iso_year>\d{{4}})-(?P<iso_month>0[1-9]|1[0-2])-"
                 rf"(?P<iso_day>0[1-9]|[12]\d|3[01])(?=T|\b)T?", _iso_date),
    "date": Rule(rf"{_EDGE}(?P<date_a>\d\d?)[/.](?P<date_b>\d\d?)[/.](?P<date_year>\d{{4}}|\d\d)"
                  rf"{_END}(?!\.\d)", _slash_date),
    "month": Rule(rf"(?i:\b(?P<month_month>{_MONTH})\.?\s(?P<month_day>[0-3]?\d)(?:st|nd|rd|th)?\b"
                   rf"(?:,?\s(?P<month_year>[12]\d{{3}})\b)?"
                   rf"|\b(?P<month_number>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?"
                   rf"(?P<month_name>{_MONTH})\b(?:,?\s(?P<month_then>[12]\d{{3}})\b)?)",
                   _month_day),
    "time": Rule(rf"{_EDGE}(?P<time_hour>[01]?\d|2[0-3])(?::(?P<time_minute>[0-5]\d)"
                  r"(?::(?P<time_second>[0-5]\d))?(?:\s?(?P<time_half>(?i:[ap]m\b|[ap]\.m\.)))?"
                  rf"|\s?(?P<time_noon>(?i:[ap]m\b|[ap]\.m\.))){_END}", _time),
    "decade": Rule(rf"{_EDGE}'?(?P<decade_years>[12]\d\d0|\d0)'?s\b", _decade),
    "version": Rule(rf"{_EDGE}v?\d+(?:\.\d+){{2,}}{_END}", _version),
    "telephone": Rule(rf"{_EDGE}(?:\+\d[\d ]*[ -])?(?:\(?\d{{3}}\)?[ -])?\d{{3}}-\d{{4}}{_END}",
                       _telephone),
    "measure": Rule(rf"(?:{_EDGE}(?P<measure_minus>[-−]))?{_EDGE}(?P<measure_number>{_AMOUNT})"
                     rf"(?:(?P<measure_unit>{_ATTACHED})|\s(?P<measure_apart>{_APART})){_END}",
                     _measure),
    "fraction": Rule(rf"{_EDGE}(?P<fraction_part>\d{{1,4}})/(?P<fraction_whole>\d{{1,4}}){_END}",
                      _fraction),
    "range": Rule(rf"{_EDGE}(?P<range_from>\d+(?:\.\d+)?)(?:[-–—]|\s[-–—]\s)"
                   rf"(?P<range_to>\d+(?:\.\d+)?){_END}", _range),
    "ordinal": Rule(rf"{_EDGE}(?P<ordinal_number>[\d,]*\d)(?:st|nd|rd|th)\b", _ordinal),
    "times": Rule(r"\b[xX](?P<times_number>\d+)\b", _times_sign),
    "number": Rule(rf"(?<![\w.])(?P<number_sign>[-−+#]?)(?P<number_number>{_AMOUNT}|\.\d+)(?!\w)",
                    _number),
    "handle": Rule(r"(?<!\w)@(?P<handle_name>\w+)", _handle),
    "tag": Rule(r"(?<!\w)#(?P<tag_name>[A-Za-z]\w*)", _tag),
    "saint": Rule(r"\bSt\.", _saint),
    "abbreviation": Rule(rf"(?<!\w)(?i:{_any(spoken.ABBREVIATIONS)})(?!\w)", _abbreviation),
    "initials": Rule(r"\b(?:[A-Za-z]\.){2,}", _initials),
    "word": Rule(r"[A-Za-z0-9_]+(?:'[A-Za-z]+)*'?", _word),
    "symbol": Rule(f"[{re.escape(''.join(spoken.SYMBOLS))}]", _symbol),
    "script": Rule(r"[^\W\d_A-Za-z]+", _script),
    "emoji": Rule(r"[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\u20e3|[^\w\s!-~]", _emoji),
}  # fmt: skip
PATTERN = re.compile("|".join(f"(?P<{name}>{rule.pattern})" for name, rule in RULES.items()))


# -- other scripts ---------------------------------------------------------------------------------


def script(character: str) -> str:
    """Name the script of a letter for people; "" for Latin and for what is no letter."""
    if not character.isalpha() or character.isascii():
        return ""
    return spoken.SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")


def foreign(text: str) -> list[str]:
    """Name the scripts of a text other than Latin; Japanese has Chinese characters, too."""
    found = sorted({script(character) for character in text} - {""})
    return [name for name in found if not (name == "Chinese" and "Japanese" in found)]
