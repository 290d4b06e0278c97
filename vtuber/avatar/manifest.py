"""The schema of avatar.toml: TOML text in, checked records and a list of all faults out.

Imports pydantic, so only `bundle.py` imports this, and only to load.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from vtuber.avatar.avatar import Blend
from vtuber.avatar.roles import LANDMARKS, MAY_HAVE, ROLES, role_names, split_role
from vtuber.avatar.springs import BOUNDS, SPRINGS, Spring, spring_of
from vtuber.avatar.style import BOUNDS as STYLE_BOUNDS
from vtuber.avatar.style import Style
from vtuber.core.nearest import nearest
from vtuber.core.pose import BASE, Parameter, PoseSpace

FILE = "avatar.toml"
FORMAT = 1
MAX_LAYERS = 256
MAX_EXPRESSIONS = 64
MAX_PARAMETERS = 64
MAX_GROUPS = 64
MAX_FAULTS = 100  # a file that is wrong all over is not worth more lines
MIN_FACE_PX = 8.0  # between the cheeks: the rig divides by it


def _printable(text: str) -> str:
    """Refuse what could command the terminal that it is printed on."""
    if not text.isprintable():
        raise ValueError("has characters that cannot be printed")
    return text


_Word = Annotated[str, Field(max_length=64), AfterValidator(_printable)]
_Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
_Key = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=64)]
_Coordinate = Annotated[float, Field(ge=-8192, le=8192)]
_CanvasSide = Annotated[int, Field(ge=16, le=4096)]
_Cells = Annotated[int, Field(ge=1, le=64)]
_Value = Annotated[float, Field(ge=-1000, le=1000)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class _TooManyFaultsError(Exception):
    pass


class Header(_Record):
    format: int
    name: _Text
    author: _Text
    licence: _Text
    canvas_px: Annotated[list[_CanvasSide], Field(min_length=2, max_length=2)]
    hidden: Annotated[list[_Word], Field(max_length=MAX_LAYERS)] = []  # toggles, at the start


class LayerRecord(_Record):
    name: _Key
    role: str
    file: Annotated[str, Field(min_length=1, max_length=200)]
    offset_px: Annotated[list[_Coordinate], Field(min_length=2, max_length=2)]
    mesh: Annotated[list[_Cells], Field(min_length=2, max_length=2)] | None = None
    clip: str = ""
    blend: Blend = "normal"
    group: _Word = ""
    outfit: _Word = ""
    toggle: _Word = ""
    unless: _Word = ""
    depth: Annotated[float, Field(ge=-4, le=4)] | None = None
    turn: Annotated[float, Field(ge=0, le=1)] | None = None


class ParameterRecord(_Record):
    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
    low: _Value = 0.0
    high: _Value = 1.0
    default: _Value = 0.0


class _Point(_Record):
    at: Annotated[list[_Coordinate], Field(min_length=2, max_length=2)]


class _Number(_Record):
    value: _Value


def _within(name: str) -> Any:
    low, high = BOUNDS[name]
    return Field(None, ge=low, le=high)


class _Springs(_Record):
    frequency_hz: float | None = _within("frequency_hz")
    damping: float | None = _within("damping")
    swing: float | None = _within("swing")
    gravity: float | None = _within("gravity")
    wind: float | None = _within("wind")
    limit_deg: float | None = _within("limit_deg")
    length: float | None = _within("length")
    stands: bool | None = None


_R = TypeVar("_R", bound=_Record)
_SECTIONS = ("landmarks", "layers", "expressions", "parameters", "physics", "rig")


class Manifest:
    """What a text said, as far as it could be read, and every fault that was found in it.

    With any fault the records are incomplete and good only for finding more faults.
    """

    def __init__(self, text: str) -> None:
        self.faults: list[str] = []
        self.header: Header | None = None
        self.landmarks: dict[str, tuple[float, float]] = {}
        self.layers: dict[int, LayerRecord] = {}  # by place in the file
        self.parameters: list[Parameter] = []
        self.expressions: dict[str, dict[str, float]] = {}
        self.physics: dict[str, Spring] = {}
        self.style: Style | None = None
        try:
            self._read(text)
        except _TooManyFaultsError:
            self.faults.append(f"{FILE}: and more; these are the first {MAX_FAULTS}")

    def _read(self, text: str) -> None:
        try:
            document = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # ValueError: also an integer too long
            said = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
            self.fault("", f"cannot be read as TOML: {said}")
            return
        sections = {name: document.pop(name, None) for name in _SECTIONS}
        if document.get("format", FORMAT) != FORMAT:
            self.fault("format", f"is {document['format']!r}; this program reads {FORMAT}")
        self.header = self.record(Header, document, "", known=_SECTIONS)
        self.read_landmarks(sections["landmarks"])
        self.read_layers(sections["layers"])
        self.read_parameters(sections["parameters"])
        self.read_expressions(sections["expressions"])
        self.read_physics(sections["physics"])
        self.read_style(sections["rig"])

    def fault(self, where: str, what: str) -> None:
        if len(self.faults) >= MAX_FAULTS:
            raise _TooManyFaultsError
        fault = f"{FILE}: {where}: {what}" if where else f"{FILE}: {what}"
        # a name in the file may hold codes that a terminal obeys
        self.faults.append("".join(c if c.isprintable() else "?" for c in fault)[:400])

    def record(
        self, kind: type[_R], value: object, where: str, known: Iterable[str] = ()
    ) -> _R | None:
        """Check one table against its schema; each fault is kept with its place."""
        try:
            return kind.model_validate(value)
        except ValidationError as error:
            called = _called(value) if kind is LayerRecord else ""
            for one in error.errors():
                path = where + "".join(
                    f"[{step}]" if isinstance(step, int) else f".{step}" for step in one["loc"]
                )
                names = (*kind.model_fields, *known)
                self.fault(path.removeprefix(".") + called, _said(one, names))
            return None

    def read_landmarks(self, table: object) -> None:
        if not isinstance(table, dict):
            self.fault("landmarks", "is missing; it is a table of name = [x, y]")
            return
        for name, value in table.items():
            if name not in (*LANDMARKS, *MAY_HAVE):
                meant = _meant(name, (*LANDMARKS, *MAY_HAVE))
                self.fault(f"landmarks.{name}", f"is no landmark{meant}")
                continue
            point = self.record(_Point, {"at": value}, f"landmarks.{name}")
            if point:
                self.landmarks[name] = (point.at[0], point.at[1])
        missing = [name for name in LANDMARKS if name not in table]
        if missing:
            self.fault("landmarks", f"missing: {', '.join(missing)}")
        self.check_face()

    def check_face(self) -> None:
        """Refuse landmarks that leave no face to measure by."""
        marks = self.landmarks
        left, right = marks.get("cheek_left"), marks.get("cheek_right")
        if left and right and left[0] - right[0] < MIN_FACE_PX:
            self.fault(
                "landmarks.cheek_left",
                f"must lie {MIN_FACE_PX:g} px or more to the right of cheek_right in the picture: "
                "left is the character's own",
            )
        chin, crown = marks.get("chin"), marks.get("crown")
        if chin and crown and chin[1] - crown[1] < MIN_FACE_PX:
            self.fault("landmarks.chin", f"must lie {MIN_FACE_PX:g} px or more under crown")

    def read_layers(self, tables: object) -> None:
        if not isinstance(tables, list) or not tables:
            self.fault("layers", "there must be at least one [[layers]]")
            return
        if len(tables) > MAX_LAYERS:
            self.fault("layers", f"there are {len(tables)}; at most {MAX_LAYERS}")
            return
        seen: dict[str, int] = {}
        for i, table in enumerate(tables):
            layer = self.record(LayerRecord, table, f"layers[{i}]")
            if layer is None:
                continue
            self.layers[i] = layer
            if layer.name in seen:
                self.fault(f"layers[{i}].name", f"{layer.name!r} is taken by {seen[layer.name]}")
            seen.setdefault(layer.name, i)
            if layer.role not in role_names():
                self.fault(layer_place(i, layer.name, "role"), _no_role(layer.role))
        self.check_clips(len(self.layers) == len(tables))
        if len(self.layers) == len(tables):
            self.check_toggles()
        if len(self.layers) == len(tables) and "face" not in {r.role for r in self.layers.values()}:
            self.fault("layers", 'no layer has the role "face"; an avatar needs one')

    def check_clips(self, all_are_read: bool) -> None:
        by_name = {layer.name: layer for layer in self.layers.values()}
        for i, layer in self.layers.items():
            target = by_name.get(layer.clip)
            if not layer.clip or (target is None and not all_are_read):
                continue
            if target is None:
                said = f"no layer is called {layer.clip!r}{_meant(layer.clip, by_name)}"
            elif target is layer:
                said = "a layer cannot clip itself"
            elif target.clip:
                said = f"{layer.clip!r} has a clip itself; clips do not chain"
            else:
                continue
            self.fault(layer_place(i, layer.name, "clip"), said)

    def check_toggles(self) -> None:
        """Refuse a layer that waits for a toggle that nobody can switch off."""
        known = sorted({layer.toggle for layer in self.layers.values()} - {""})
        for i, layer in self.layers.items():
            if layer.unless and layer.unless not in known:
                said = f"no layer has the toggle {layer.unless!r}{_meant(layer.unless, known)}"
            elif layer.unless and layer.unless == layer.toggle:
                said = "is this layer's own toggle: it would never show"
            else:
                continue
            self.fault(layer_place(i, layer.name, "unless"), said)

    def read_parameters(self, tables: object) -> None:
        if tables is None:
            return
        if not isinstance(tables, list) or len(tables) > MAX_PARAMETERS:
            self.fault("parameters", f"must be at most {MAX_PARAMETERS} [[parameters]]")
            return
        taken = set(BASE.names)
        for i, table in enumerate(tables):
            record = self.record(ParameterRecord, table, f"parameters[{i}]")
            if record is None:
                continue
            if record.name in taken:
                self.fault(f"parameters[{i}].name", f"{record.name!r} is taken")
            elif not (record.low < record.high and record.low <= record.default <= record.high):
                self.fault(f"parameters[{i}]", "needs low < high and default between them")
            else:
                made = Parameter(record.name, record.low, record.high, record.default)
                self.parameters.append(made)
            taken.add(record.name)

    def read_expressions(self, table: object) -> None:
        if table is None:
            return
        if not isinstance(table, dict) or len(table) > MAX_EXPRESSIONS:
            self.fault("expressions", f"must be at most {MAX_EXPRESSIONS} tables of name = value")
            return
        space = BASE.extended(self.parameters)
        for name, values in table.items():
            if not name.isprintable():
                self.fault("expressions", "a name has characters that cannot be printed")
                continue
            if not isinstance(values, dict):
                self.fault(f"expressions.{name}", "must be a table of pose parameter = value")
                continue
            self.expressions[name] = self.expression(name, values, space)

    def expression(
        self, name: str, values: Mapping[str, object], space: PoseSpace
    ) -> dict[str, float]:
        kept: dict[str, float] = {}
        for parameter, value in values.items():
            where = f"expressions.{name}.{parameter}"
            number = self.record(_Number, {"value": value}, where)
            if parameter not in space.index:
                self.fault(where, f"is no pose parameter{_meant(parameter, space.names)}")
                continue
            i = space.index[parameter]
            if number and not space.low[i] <= number.value <= space.high[i]:
                self.fault(where, f"is {number.value:g}; {space.low[i]:g} to {space.high[i]:g}")
            elif number:
                kept[parameter] = number.value
        return kept

    def read_physics(self, table: object) -> None:
        if table is None:
            return
        if not isinstance(table, dict) or len(table) > MAX_GROUPS:
            self.fault("physics", f"must be at most {MAX_GROUPS} tables, one a group")
            return
        known = sorted({layer.group for layer in self.layers.values()} - {""} | {*SPRINGS})
        for group, value in table.items():
            if group not in known:
                self.fault(f"physics.{group}", f"no layer has this group{_meant(group, known)}")
                continue
            said = self.record(_Springs, value, f"physics.{group}")
            if said:
                self.physics[group] = dataclasses.replace(
                    spring_of(group), **said.model_dump(exclude_none=True)
                )

    def read_style(self, table: object) -> None:
        if table is None:
            return
        if not isinstance(table, dict):
            self.fault("rig", "must be a table of name = value")
            return
        said: dict[str, float] = {}
        for knob, value in table.items():
            number = self.record(_Number, {"value": value}, f"rig.{knob}")
            low, high = STYLE_BOUNDS.get(knob, (0.0, 0.0))
            if knob not in STYLE_BOUNDS:
                self.fault(f"rig.{knob}", f"unknown field{_meant(knob, STYLE_BOUNDS)}")
            elif number and not low <= number.value <= high:
                self.fault(f"rig.{knob}", f"is {number.value:g}; {low:g} to {high:g}")
            elif number:
                said[knob] = number.value
        self.style = Style(**said)


def layer_place(number: int, name: str, field: str = "") -> str:
    """Say which layer has a fault, and in which field.

    >>> layer_place(52, "front_hair", "clip")
    'layers[52].clip (front_hair)'
    """
    return f"layers[{number}]{'.' if field else ''}{field} ({name})"


def _called(table: object) -> str:
    """Give a layer's name as ` (name)`, where it has one that people can recognise."""
    name = table.get("name") if isinstance(table, dict) else None
    return f" ({name:.64})" if isinstance(name, str) and name else ""


def _said(error: Any, names: Iterable[str]) -> str:
    """Put one of pydantic's faults into our words."""
    name = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"unknown field{_meant(name, names)}"
    if error["type"] == "missing":
        return "is missing"
    value = repr(error["input"])
    shown = value if len(value) <= 40 else value[:37] + "..."
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {shown}"


def _meant(name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f"; did you mean {near}?" if near else ""


def _no_role(name: str) -> str:
    stem, _ = split_role(name)
    if stem in ROLES and ROLES[stem].sided:
        return f"{name!r} comes in pairs; did you mean {name}_left or {name}_right?"
    return f"{name!r} is no role{_meant(name, role_names())}"
