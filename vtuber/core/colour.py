"""Colours as people write them: text in, sRGB out, and back. Pure.

Names: CSS Color Module Level 4, sections 6.1 and 6.2, a choice of them.
"""

from __future__ import annotations

from vtuber.core.errors import UserError

Colour = tuple[int, int, int]  # sRGB, 0..255

NAMES: dict[str, Colour] = {
    "black": (0, 0, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "white": (255, 255, 255),
    "maroon": (128, 0, 0),
    "red": (255, 0, 0),
    "orange": (255, 165, 0),
    "gold": (255, 215, 0),
    "yellow": (255, 255, 0),
    "olive": (128, 128, 0),
    "lime": (0, 255, 0),
    "green": (0, 128, 0),
    "teal": (0, 128, 128),
    "cyan": (0, 255, 255),
    "aqua": (0, 255, 255),
    "skyblue": (135, 206, 235),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "indigo": (75, 0, 130),
    "purple": (128, 0, 128),
    "violet": (238, 130, 238),
    "magenta": (255, 0, 255),
    "fuchsia": (255, 0, 255),
    "pink": (255, 192, 203),
    "brown": (165, 42, 42),
    "beige": (245, 245, 220),
}


def is_colour(text: str) -> bool:
    """Say whether a text is one of the colours, or `#rrggbb`, or is meant to be."""
    try:
        parse_colour(text)
    except UserError:
        return text.startswith("#")
    return True


def parse_colour(text: str) -> Colour:
    """Read a name, or `#rrggbb`, whose # may be missing (a shell takes it for a comment).

    >>> parse_colour("#20c060"), parse_colour("Orange")
    ((32, 192, 96), (255, 165, 0))
    """
    if text.lower() in NAMES:
        return NAMES[text.lower()]
    try:
        red, green, blue = bytes.fromhex(text.removeprefix("#"))
    except ValueError:
        raise UserError(
            f"{text!r} is no colour; write red, green and blue in hexadecimal, such as #20c060, "
            "or a name such as orange"
        ) from None
    return red, green, blue


def format_colour(colour: Colour) -> str:
    """Write a colour as `parse_colour` reads it.

    >>> format_colour((255, 204, 153))
    '#ffcc99'
    """
    return "#" + bytes(colour).hex()
