"""Avatars in words: a folder or a design in, lines of text out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vtuber.avatar.bundle import load
from vtuber.shows.avatars.make import DESIGN, design_of

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.design.genome import Design

# what an avatar is better for having: role, and what is missed without it
WISHED = {
    "eye_white": "eyes stay as they are painted on the face",
    "iris": "the gaze does not move",
    "lid_closed": "eyes cannot close",
    "mouth_cavity": "the mouth cannot open",
    "brow": "brows do not move",
    "neck": "the head may part from the body",
    "hair_shadow": "hair throws no shadow on the face",
}


def lacks(avatar: Avatar) -> Iterator[str]:
    """Say what an avatar without faults would be better for having."""
    for role, loss in WISHED.items():
        if not avatar.where(role):
            yield f"no {role}: {loss}"
    if not avatar.expressions:
        yield "no expressions: the keys 1 to 9 do nothing"


def heading(folder: Path) -> str:
    """Give an avatar's name, author and licence in one line, without loading its pictures."""
    try:
        table = tomllib.loads((folder / "avatar.toml").read_text(encoding="utf-8-sig"))
        shown = f"{table['name']}, by {table['author']}, {table['licence']}"
    except (OSError, ValueError, KeyError):
        return "cannot be read; `vtuber avatar check` says why"
    return "".join(c if c.isprintable() else "?" for c in shown)


def words(path: Path) -> list[str]:
    """Describe an avatar: its design where it has one, else what its bundle holds."""
    avatar = load(path)
    lines = [f"{avatar.name}, by {avatar.author} ({avatar.licence})"]
    if path.is_dir() and (path / DESIGN).is_file():
        lines += described(design_of(path))
    outfits = sorted({layer.outfit for layer in avatar.layers} - {""})
    toggles = sorted({layer.toggle for layer in avatar.layers} - {""})
    width, height = avatar.canvas_px
    return [
        *lines,
        f"{len(avatar.layers)} layers on {width} x {height} px, {len(avatar.vertices_px)} vertices",
        f"expressions: {', '.join(avatar.expressions) or 'none'}",
        f"outfits: {', '.join(outfits) or 'one'}",
        f"toggles: {', '.join(toggles) or 'none'}",
    ]


def described(design: Design) -> list[str]:
    """Describe a design in sentences.

    >>> from vtuber.design.genome import Design
    >>> described(Design())[0]
    'a young woman of slight build with fair skin and an oval face'
    """
    from vtuber.design import catalogue

    body, face, eyes, hair = design.body, design.face, design.eyes, design.hair
    age = "young" if body.age < 0.4 else "grown" if body.age < 0.7 else "old"
    who = "woman" if body.presentation > 0.6 else "man" if body.presentation < 0.4 else "person"
    build = "slight" if body.build < 0.45 else "broad" if body.build > 0.6 else "even"
    chibi = "chibi, " if body.proportions == "chibi" else ""
    ears = "" if face.ears in ("human", "none") else f", {face.ears} ears"
    marks = "" if face.marks == "none" else f", {_plain(face.marks)}"
    worn = [
        f"{_plain(style)} {kind}"
        for field, kind in catalogue.FIELDS.items()
        if field.startswith("extras.") and (style := getattr(design.extras, kind)) != "none"
    ]
    outfits = [design.outfit, *([design.second] if design.second else [])]
    cloth = " or ".join(
        _plain(o.style) + ("" if o.pattern == "none" else f" with {_plain(o.pattern)}")
        for o in outfits
    )
    return [
        f"{chibi}{_article(age)} {who} of {build} build with {face.skin} skin and "
        f"{_article(_plain(face.shape))} face{ears}{marks}",
        f"{_plain(eyes.shape)} eyes with {_plain(eyes.iris)} iris, {_plain(eyes.brows)} brows",
        f"hair: {_plain(hair.front)} in front, {_plain(hair.side)} at the sides, "
        f"{_plain(hair.back)} behind; palette {design.palette}",
        f"wears {cloth}{''.join(f', {one}' for one in worn)}",
    ]


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def choices() -> dict[str, str]:
    """Give every field of a design and what it can be, in words."""
    from vtuber.design import catalogue
    from vtuber.design.palette import PALETTES, SKINS

    share = "0 to 1"
    return {
        "palette": f'{", ".join(PALETTES)}; or "HUE RULE CLOTH"',
        "body.proportions": "standard, chibi",
        "body.presentation": f"{share}: masculine to feminine",
        "body.age": f"{share}: young to old",
        "body.build": f"{share}: slight to broad",
        "face.skin": ", ".join(SKINS),
        **{field: ", ".join(catalogue.styles(kind)) for field, kind in catalogue.FIELDS.items()},
        "eyes.size": "0.8 to 1.2",
        "hair.gradient": f"{share}: how far the tips take on their own colour",
        "hair.streaks": f"{share}: share of dyed locks",
        "pen.shading": "flat, cel, soft",
        "pen.line": "coloured, dark, sepia, pale",
        "pen.weight": "0.5 to 2",
    }
