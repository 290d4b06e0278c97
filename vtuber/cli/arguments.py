"""Types of arguments that several verbs share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from fractions import Fraction

from vtuber.core.ranges import Range


def size(text: str) -> tuple[int, int]:
    """Read WIDTHxHEIGHT.

    >>> size("1280x720")
    (1280, 720)
    """
    from vtuber.settings import LARGEST_PX, SMALLEST_PX

    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r}: give WIDTHxHEIGHT, such as 1280x720")
    pixels = int(width), int(height)
    if not all(SMALLEST_PX <= px <= LARGEST_PX for px in pixels):
        raise argparse.ArgumentTypeError(f"{text}: give {SMALLEST_PX} to {LARGEST_PX} px a side")
    return pixels


def whole(text: str) -> int:
    """Read a whole number from 0 on."""
    if not text.isdecimal() or not 0 <= int(text) < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number")
    return int(text)


def positive(text: str) -> float:
    """Read a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number above 0")
    return number


def rate(text: str) -> Fraction:
    """Read how many in a second.

    >>> rate("29.97"), rate("30000/1001")
    (Fraction(2997, 100), Fraction(30000, 1001))
    """
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9}|/0*[1-9]\d{,8})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r}: give such as 30, 29.97 or 30000/1001")
    return Fraction(text)


def within(range: Range) -> Callable[[str], float]:
    """Give what reads a number of a range."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if number not in range:
            raise argparse.ArgumentTypeError(f"{text!r}: give {range}")
        return number

    return read
