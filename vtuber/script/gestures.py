"""Gestures: short curves of the pose, from TOML files, and how they lie over each other.

    [nod]
    about = "yes"
    seconds = 0.8
    headPitch = [[0.0, 0], [0.2, -12], [0.45, 3], [0.8, 0]]   # [seconds, value], ...

A gesture comes in and goes out softly: at its ends its weight is 0, so that it takes over from
tracking or idle motion and hands back without a jump. `loop = true` repeats it from its first key
until it is told to end (`sleep` until `wake`: `ends = ["sleep"]`).
"""

from __future__ import annotations

import itertools
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.pose import BASE

FILE = Path(__file__).with_name("gestures.toml")
MAX_BYTES = 1_000_000
SOFT_S = 0.12  # in which a gesture comes in, and goes out
Key = tuple[Annotated[float, Field(ge=0, le=60)], Annotated[float, Field(ge=-1000, le=1000)]]


class Gesture(BaseModel):
    """One gesture: for each parameter the keys that its curve goes through."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: str
    about: str = ""
    seconds: float = Field(gt=0, le=60)
    loop: bool = False
    ends: tuple[str, ...] = ()  # gestures that this one ends
    curves: dict[str, tuple[Key, ...]]

    def at(self, t_s: float) -> dict[str, float]:
        """Give the value of each parameter so long after the beginning.

        >>> Gesture(name="a", seconds=1, curves={"headYaw": ((0, 0), (1, 10))}).at(0.5)
        {'headYaw': 5.0}
        """
        if self.loop:
            t_s %= self.seconds
        return {name: _between(keys, t_s) for name, keys in self.curves.items()}

    def weight(self, t_s: float, ended_s: float | None = None) -> float:
        """Give how much it counts then, 0..1; `ended_s`: when it was told to end."""
        end_s = self.seconds if not self.loop else float("inf")
        if ended_s is not None:
            end_s = min(end_s, ended_s + SOFT_S)
        return max(0.0, min(_soft(t_s / SOFT_S), _soft((end_s - t_s) / SOFT_S)))


def _soft(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _between(keys: tuple[Key, ...], t_s: float) -> float:
    """Go from key to key by a smoothstep: it rests at each, as an animator's ease does."""
    after = bisect_right(keys, t_s, key=lambda key: key[0])
    if after == 0:
        return keys[0][1]
    if after == len(keys):
        return keys[-1][1]
    (t0, v0), (t1, v1) = keys[after - 1], keys[after]
    return v0 + (v1 - v0) * _soft((t_s - t0) / (t1 - t0))


def read_gestures(*files: Path) -> dict[str, Gesture]:
    """Read gestures by name; a later file's replace those of the same name before it.

    Raises UserError that names every fault of the first faulty file.
    """
    found: dict[str, Gesture] = {}
    for file in files:
        found.update(_read(file))
    return found


def _read(file: Path) -> dict[str, Gesture]:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UserError(f"{file}: a file of gestures has at most {MAX_BYTES:,} bytes")
        table = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UserError(f"cannot read the gestures {file}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{file} is no TOML: {error}") from error
    faults: list[str] = []
    found = {}
    for name, fields in table.items():
        gesture = _gesture(name, fields, faults)
        if gesture is not None:
            found[name] = gesture
    if faults:
        raise UserError(f"{file}: " + "; ".join(faults[:20]))
    return found


def _gesture(name: str, fields: object, faults: list[str]) -> Gesture | None:
    if not isinstance(fields, Mapping):
        faults.append(f"[{name}] is a table of curves, not {fields!r:.40}")
        return None
    own = set(Gesture.model_fields) - {"name", "curves"}
    settings = {key: value for key, value in fields.items() if key in own}
    curves = {key: value for key, value in fields.items() if key not in own}
    for unknown in sorted(set(curves) - set(BASE.index)):
        near = nearest(unknown, [*BASE.names, *own])
        meant = f"; did you mean {near}?" if near else ""
        faults.append(f"[{name}] has no pose parameter called {unknown}{meant}")
        del curves[unknown]
    try:
        gesture = Gesture(name=name, curves=curves, **settings)
    except ValidationError as error:
        faults += [
            f"[{name}] {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"
            for wrong in error.errors()
        ]
        return None
    for parameter, keys in gesture.curves.items():
        times = [t_s for t_s, _ in keys]
        if not keys or any(b <= a for a, b in itertools.pairwise(times)):
            faults.append(f"[{name}] {parameter}: give keys [seconds, value] whose seconds grow")
            return None
    return gesture
