"""Finds the styles that can be chosen: one file in `parts/KIND/` is one style, named as the file.

Adding a hair style is adding one file. Only the style that is asked for is imported.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

PARTS = Path(__file__).parent / "parts"

# the field of a design (genome.py) that names a style: its kind
FIELDS = {
    "face.shape": "face_shape", "face.nose": "nose", "face.mouth": "mouth", "face.marks": "marks",
    "face.ears": "ears", "eyes.shape": "eye_shape", "eyes.iris": "iris", "eyes.lashes": "lashes",
    "eyes.brows": "brows", "hair.front": "front_hair", "hair.side": "side_hair",
    "hair.back": "back_hair", "hair.ahoge": "ahoge", "outfit.style": "outfit",
    "outfit.pattern": "pattern", "extras.horns": "horns", "extras.halo": "halo",
    "extras.wings": "wings", "extras.tail": "tail", "extras.glasses": "glasses",
    "extras.headphones": "headphones", "extras.hat": "hat", "extras.ribbon": "ribbon",
}  # fmt: skip

# kinds that a character may go without: "none" is one of their styles
OPTIONAL = frozenset(
    ["ahoge", "side_hair", "ears", "marks", "horns", "halo", "wings", "tail", "glasses",
     "headphones", "hat", "ribbon", "pattern"]
)  # fmt: skip


@cache
def styles(kind: str) -> tuple[str, ...]:
    """Name the styles of a kind, by the alphabet; `none` first where a character can go without."""
    names = sorted(file.stem for file in (PARTS / kind).glob("[a-z]*.py"))
    return ("none", *names) if kind in OPTIONAL else tuple(names)


@cache
def kinds() -> tuple[str, ...]:
    """Name every kind of part."""
    return tuple(
        sorted(folder.name for folder in PARTS.iterdir() if (folder / "__init__.py").is_file())
    )


def style(kind: str, name: str) -> Any:
    """Import one style's module. A name not in `styles(kind)` is the caller's mistake."""
    assert name in set(styles(kind)) - {"none"}, f"no {kind} called {name}"
    return import_module(f"vtuber.design.parts.{kind}.{name}")
