"""Digits in, English words out: the library `num2words`, and what it does not know. Pure."""

from __future__ import annotations

from functools import cache
from typing import Any

_MOST_DIGITS = 15  # beyond, nobody follows a number: its digits are read


def cardinal(number: str) -> str:
    """Read a whole number.

    >>> cardinal("1,234")
    'one thousand two hundred and thirty four'
    """
    number = number.replace(",", "")
    if len(number.lstrip("0")) > _MOST_DIGITS:
        return digits(number)
    return _words(int(number))


def decimal(number: str) -> str:
    """Read a number with or without a fraction, digit by digit after the point.

    >>> decimal("3.05")
    'three point zero five'
    """
    whole, _, rest = number.partition(".")
    said = cardinal(whole or "0")
    return f"{said} point {digits(rest)}" if rest else said


def digits(number: str) -> str:
    """Read each digit: `555`, `007`."""
    return " ".join(_words(int(digit)) for digit in number if digit.isdecimal())


def ordinal(number: str) -> str:
    """Read a number's place in a row.

    >>> ordinal("22")
    'twenty second'
    """
    return _clean(_library()(int(number.replace(",", "")), to="ordinal"))


def year(number: str) -> str:
    """Read a year, or another number that is said in two halves.

    >>> year("1905"), year("2024"), year("2000")
    ('nineteen oh five', 'twenty twenty four', 'two thousand')
    """
    value = int(number)
    century, rest = divmod(value, 100)
    if value < 1000 or value % 1000 < 10:
        return _words(value)
    if rest == 0:
        return f"{_words(century)} hundred"
    return f"{_words(century)} {'oh ' if rest < 10 else ''}{_words(rest)}"


def decade(number: str) -> str:
    """Read the years of a decade.

    >>> decade("1990"), decade("80")
    ('nineteen nineties', 'eighties')
    """
    said = year(number) if len(number) == 4 else cardinal(number)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def roman(numeral: str) -> int:
    """Read a Roman numeral: `XIV` is 14."""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _words(value: int) -> str:
    return _clean(_library()(value))


def _clean(said: str) -> str:
    return str(said).replace("-", " ").replace(",", "")


@cache
def _library() -> Any:
    from num2words import num2words

    return num2words
