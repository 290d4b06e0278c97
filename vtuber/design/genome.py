"""What a character is made of: a frozen design, checked as a whole, and its TOML.

The genome: every value names a style (a file in `parts/`) or lies on a scale of 0 to 1, so that a
design can be typed, rolled by dice, mixed and drawn again bit for bit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.design import catalogue
from vtuber.design.colour import Colour, parse_colour
from vtuber.design.palette import SKINS, parse_palette

FORMAT = 1
STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _style(kind: str) -> AfterValidator:
    def check(name: str) -> str:
        names = catalogue.styles(kind)
        if name not in names:
            meant = f"did you mean {near}? Else " if (near := nearest(name, names)) else ""
            raise ValueError(f"there is no {name!r}; {meant}choose one of: {', '.join(names)}")
        return name

    return AfterValidator(check)


def _skin(name: str) -> str:
    if name not in SKINS:
        raise ValueError(f"no skin called {name!r}; choose one of: {', '.join(SKINS)}")
    return name


def _palette(text: str) -> str:
    parse_palette(text)
    return text


def _colours(colours: dict[str, str]) -> dict[str, str]:
    for name, text in colours.items():
        if name not in COLOURS:
            raise ValueError(f"no colour called {name!r}; choose one of: {', '.join(COLOURS)}")
        parse_colour(text)
    return colours


def _stowed(kinds: tuple[str, ...]) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in EXTRAS:
            raise ValueError(f"no extra called {kind!r}; choose of: {', '.join(EXTRAS)}")
    return kinds


def _cloth(text: str) -> str:
    if text:
        parse_colour(text)
    return text


# put on and taken off, in the order of drawing; each is a toggle of the avatar
EXTRAS = ("wings", "tail", "horns", "halo", "headphones", "hat", "glasses", "ribbon")
COLOURS = (
    "hair", "hair_root", "hair_tip", "streak", "eye_left", "eye_right", "cloth", "cloth_second",
    "shirt", "accent", "skin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The whole person."""

    __pydantic_config__ = STRICT
    proportions: Literal["standard", "chibi"] = "standard"
    presentation: Share = 0.85  # 0 masculine, 1 feminine
    age: Share = 0.35  # impression: 0 a teenager, 1 old
    build: Share = 0.4  # 0 slight, 1 broad


@dataclass(frozen=True, slots=True)
class Face:
    """The face without its eyes."""

    __pydantic_config__ = STRICT
    shape: Annotated[str, _style("face_shape")] = "oval"
    skin: Annotated[str, AfterValidator(_skin)] = "fair"
    nose: Annotated[str, _style("nose")] = "dot"
    mouth: Annotated[str, _style("mouth")] = "smile"
    marks: Annotated[str, _style("marks")] = "none"
    ears: Annotated[str, _style("ears")] = "human"


@dataclass(frozen=True, slots=True)
class Eyes:
    """Eyes and brows. Two colours of iris: see `colours`."""

    __pydantic_config__ = STRICT
    shape: Annotated[str, _style("eye_shape")] = "round"
    iris: Annotated[str, _style("iris")] = "rays"
    lashes: Annotated[str, _style("lashes")] = "winged"
    brows: Annotated[str, _style("brows")] = "soft"
    size: Annotated[float, Field(ge=0.8, le=1.2)] = 1.0


@dataclass(frozen=True, slots=True)
class Hair:
    """Hair from front to back."""

    __pydantic_config__ = STRICT
    front: Annotated[str, _style("front_hair")] = "swept"
    side: Annotated[str, _style("side_hair")] = "layered"
    back: Annotated[str, _style("back_hair")] = "flicked"
    ahoge: Annotated[str, _style("ahoge")] = "none"
    gradient: Share = 0.0  # how far the tips take on their own colour
    streaks: Share = 0.0  # how many locks are dyed


@dataclass(frozen=True, slots=True)
class Extras:
    """What may be put on and taken off; each is a toggle of the avatar, named as its field."""

    __pydantic_config__ = STRICT
    horns: Annotated[str, _style("horns")] = "none"
    halo: Annotated[str, _style("halo")] = "none"
    wings: Annotated[str, _style("wings")] = "none"
    tail: Annotated[str, _style("tail")] = "none"
    glasses: Annotated[str, _style("glasses")] = "none"
    headphones: Annotated[str, _style("headphones")] = "none"
    hat: Annotated[str, _style("hat")] = "none"
    ribbon: Annotated[str, _style("ribbon")] = "none"
    stowed: Annotated[tuple[str, ...], AfterValidator(_stowed)] = ()  # fields that begin hidden


@dataclass(frozen=True, slots=True)
class Outfit:
    """One set of clothes. An empty colour is the palette's."""

    __pydantic_config__ = STRICT
    style: Annotated[str, _style("outfit")] = "hoodie"
    pattern: Annotated[str, _style("pattern")] = "none"
    cloth: Annotated[str, AfterValidator(_cloth)] = ""  # "#rrggbb" or "lightness chroma hue"
    second: Annotated[str, AfterValidator(_cloth)] = ""


@dataclass(frozen=True, slots=True)
class Pen:
    """How it is drawn."""

    __pydantic_config__ = STRICT
    shading: Literal["flat", "cel", "soft"] = "cel"
    weight: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0
    line: Literal["coloured", "dark", "sepia", "pale"] = "coloured"


@dataclass(frozen=True, slots=True)
class Design:
    """One character, whole."""

    __pydantic_config__ = STRICT
    name: Name = "Nobody"
    author: Name = "unnamed"
    licence: Name = "CC0-1.0"
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0  # of what no style decides: strands, tips
    palette: Annotated[str, AfterValidator(_palette)] = "lagoon"
    body: Body = Body()
    face: Face = Face()
    eyes: Eyes = Eyes()
    hair: Hair = Hair()
    extras: Extras = Extras()
    outfit: Outfit = Outfit()
    second: Outfit | None = None
    pen: Pen = Pen()
    colours: Annotated[dict[str, str], AfterValidator(_colours)] = field(default_factory=dict)

    def colour(self, name: str) -> Colour | None:
        """Give the colour that this design asks for by name, if it does."""
        return parse_colour(self.colours[name]) if name in self.colours else None


_ADAPTER = TypeAdapter(Design)


def parse_design(text: str) -> Design:
    """Read a design from TOML. Raises UserError that lists every fault with its field."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"the design is not TOML: {error}") from error
    if (found := table.pop("format", FORMAT)) != FORMAT:
        raise UserError(f"the design has format {found!r}; this version reads {FORMAT}")
    return check_design(table)


def check_design(table: Mapping[str, Any]) -> Design:
    """Make a design of nested tables. Raises UserError that lists every fault with its field."""
    try:
        return _ADAPTER.validate_python(table)
    except ValidationError as error:
        faults = [_fault(fault) for fault in error.errors()]
        lines = "".join(f"\n  {fault}" for fault in faults)
        raise UserError(f"the design has faults:{lines}") from error


# what a field takes, by the type that its JSON schema gives
_TAKES = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "array": 'a list such as ["hat"]',
}


def _fault(error: Any) -> str:
    """Say one fault that pydantic found: the field, what is wrong, and what it takes."""
    path = [str(step) for step in error["loc"]]
    name, whole = ".".join(path), _ADAPTER.json_schema()
    if error["type"] == "value_error":  # a sentence of our own checks
        return f"{name}: {error['msg'].removeprefix('Value error, ')}"
    if error["type"] == "unexpected_keyword_argument":
        return f"{name}: no such field; {_meant(name, whole)}{_fields_of(path[:-1], whole)}"
    return f"{name}: give {_taken(path, whole)}, not {error['input']!r:.60}"


def _taken(path: list[str], whole: dict[str, Any]) -> str:
    node = _node(path, whole)
    if "enum" in node:
        return f"one of {', '.join(node['enum'])}"
    if node["type"] == "object":
        return f"its fields, such as {path[0]}.{next(iter(node.get('properties', COLOURS)))}=..."
    span = f" from {node['minimum']:g}" if "minimum" in node else ""
    if "maximum" in node:
        span += f" to {node['maximum']:g}"
    elif "exclusiveMaximum" in node:  # of whole numbers
        span += f" to {node['exclusiveMaximum'] - 1}"
    length = f" of 1 to {node['maxLength']} letters" if "maxLength" in node else ""
    return _TAKES[node["type"]] + span + length


def _node(path: list[str], whole: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of the field at a path."""
    node = whole
    for step in path:
        node = node.get("properties", {}).get(step) or node.get("items") or {"type": "string"}
        node = next((one for one in node.get("anyOf", []) if "$ref" in one), node)
        if "$ref" in node:
            node = whole["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _meant(name: str, whole: dict[str, Any]) -> str:
    """Guess which field was meant: one of that name in another table, else the nearest name."""
    known = [
        f"{outer}.{inner}" if inner else outer
        for outer in whole["properties"]
        for inner in ("", *_node([outer], whole).get("properties", ()))
    ]
    last = name.rpartition(".")[2]
    near = [one for one in known if one.endswith(f".{last}") and not one.startswith("second")]
    near = near or get_close_matches(name, known, 1, 0.8)
    return f"did you mean {' or '.join(near)}? " if near else ""


def _fields_of(path: list[str], whole: dict[str, Any]) -> str:
    fields = ", ".join(_node(path, whole)["properties"])
    return f"{'.'.join(path) or 'a design'} has: {fields}"


def write_design(design: Design) -> str:
    """Write a design as TOML: `parse_design(write_design(d)) == d`."""
    import tomli_w

    return tomli_w.dumps({"format": FORMAT, **_told(asdict(design))})


def _told(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in (None, {})}


def changed(design: Design, sets: Mapping[str, str]) -> Design:
    """Change values by dotted names: {"hair.front": "hime"}. Raises UserError for each fault.

    Numbers are written as numbers; `second.style` begins a second outfit, `second = none` ends it.
    """
    table = _told(asdict(design))
    for key, text in sets.items():
        *path, last = key.split(".")
        inner = table
        for step in path:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                raise UserError(f"{key}: {step} has no fields")
        inner[last] = _value(text)
    if table.get("second") == "none":
        del table["second"]
    return check_design(table)


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text
