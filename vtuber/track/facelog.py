"""Faces as JSON lines: what `vtuber track` writes and `--replay` reads, one line per frame.

    {"frame": 0, "t_s": 0.0, "found": true, "pose": {"jawOpen": 0.1, ...}, "track_ms": 5.2}

Where two perform, each has a line per frame, and that of the second holds `"performer": 2`. `pose`
names every value of `core.pose.BASE` when written, any of them when read; it is null where
no face was found. `t_s` counts from the first frame. A line with a pose may hold `"unmeasured"`, a
list of names that a tracker does not see (they are written at rest); it holds for the lines that
follow. Before the first such list, as in all that `vtuber track` writes, what no camera measures
(`NO_CAMERA`) is unmeasured where it is at rest: else a replay would pin body, breath and blush.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Any

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import ANIME, BASE, BODY_DEG, EFFECTS, Pose, PoseInput

LONGEST_LINE = 16_384  # characters; a line of all names takes 2,500
LONGEST_S = 24 * 3600.0
MOST_PERFORMERS = 2
MOST_FRAMES = 24 * 3600 * 60  # a day at 60 Hz
NO_CAMERA = tuple(BASE.index[name] for name in (*BODY_DEG, *ANIME, *EFFECTS))


class FaceLogWriter:
    """Writes faces to an open text file. Times count from the first face written."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._first_ns: int | None = None
        self._unmeasured: tuple[str, ...] | None = None  # not said yet

    def write(self, face: Face) -> None:
        if self._first_ns is None:
            self._first_ns = face.captured_ns
        row = face_row(face, self._first_ns)
        if face.pose is not None and (names := _unmeasured(face.pose)) != self._unmeasured:
            self._unmeasured = names
            row["unmeasured"] = names
        self._file.write(json.dumps(row, separators=(",", ":"), allow_nan=False) + "\n")


def _unmeasured(pose: PoseInput) -> tuple[str, ...]:
    return tuple(name for name, weight in zip(BASE.names, pose.weights, strict=True) if not weight)


def face_row(face: Face, first_ns: int) -> dict[str, Any]:
    """Give what the line of one face holds."""
    pose = None
    if face.found and face.pose is not None:
        values = face.pose.over(Pose.rest()).as_dict()
        pose = {name: round(value, 4) for name, value in values.items()}
    return {
        **({"performer": face.performer} if face.performer > 1 else {}),
        "frame": face.sequence,
        "t_s": round((face.captured_ns - first_ns) / 1e9, 6),
        "found": face.found,
        "pose": pose,
        "track_ms": round(face.track_ns / 1e6, 3),
    }


def read_faces(
    path: Path, torn: Callable[[str], None] | None = None, performer: int | None = None
) -> Generator[Face]:
    """Read a recording line by line, of all performers or of one; `captured_ns` from its start on.

    A show that was killed leaves a last line that breaks off: it is dropped, and `torn` is called
    with its place. Raises UserError, with the number of the line, for what is no recording: lines
    too long or too many, no JSON, unknown names, numbers not finite, times that go backwards.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UserError(f"cannot read the recording {path}: {error.strerror}") from error
    with file:
        last_s = 0.0
        unmeasured: list[int] | None = None
        for number in range(1, MOST_FRAMES + 2):
            where = f"{path}, line {number}"
            line = _read_line(file, where)
            if not line:
                return
            if number > MOST_FRAMES:
                raise UserError(f"{where}: a recording has at most {MOST_FRAMES} lines")
            if line.isspace():
                continue
            if number > 1 and _is_torn(line):
                if torn is not None:
                    torn(where)
                return
            row = _row(line, where)
            if "unmeasured" in row:
                unmeasured = _indexes(row["unmeasured"], where)
            face = _face(row, unmeasured, where)
            if face.captured_ns / 1e9 < last_s:
                raise UserError(f"{where}: t_s goes backwards")
            last_s = face.captured_ns / 1e9
            if performer in (None, face.performer):
                yield face


def _read_line(file: IO[bytes], where: str) -> str:
    try:
        line = file.readline(LONGEST_LINE + 1).decode()
    except UnicodeDecodeError as error:
        raise UserError(f"{where}: not a text file; record one with `vtuber track`") from error
    if len(line) > LONGEST_LINE:
        raise UserError(f"{where}: longer than {LONGEST_LINE} characters; not a recording of faces")
    return line


def _is_torn(line: str) -> bool:
    """Tell whether writing broke off within this line: it has no end, and no part of it is JSON."""
    if line.endswith("\n"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return False


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where}: not JSON ({error}); record one with `vtuber track`") from error
    if not isinstance(row, dict):
        raise UserError(f"{where}: not an object with frame, t_s, found and pose")
    return row


def _indexes(names: object, where: str) -> list[int]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UserError(f"{where}: unmeasured is not a list of names")
    return [_index(name, where) for name in names]


def _index(name: str, where: str) -> int:
    if name not in BASE.index:
        raise UserError(f"{where}: no pose parameter called {name!r:.60}")
    return BASE.index[name]


def _face(row: dict[str, Any], unmeasured: list[int] | None, where: str) -> Face:
    t_s = _number(row, "t_s", LONGEST_S, where)
    sequence = int(_number(row, "frame", 2**53, where))
    track_ns = int(_number(row, "track_ms", 1e6, where) * 1e6) if "track_ms" in row else 0
    found = row.get("found")
    if not isinstance(found, bool):
        raise UserError(f"{where}: found is {found!r}; it is true or false")
    performer = row.get("performer", 1)
    if performer not in range(1, MOST_PERFORMERS + 1) or isinstance(performer, bool):
        raise UserError(f"{where}: performer is {performer!r:.60}; it is 1 or {MOST_PERFORMERS}")
    captured_ns, pose = round(t_s * 1e9), None
    if found:
        pose = _pose(row.get("pose"), where)
        pose.weights[_resting(pose) if unmeasured is None else unmeasured] = 0.0
    return Face(captured_ns, sequence, found, pose, track_ns=track_ns, performer=int(performer))


def _resting(pose: PoseInput) -> list[int]:
    """Give what no camera measures, where it is at rest."""
    return [i for i in NO_CAMERA if pose.values[i] == BASE.default[i]]


def _pose(values: object, where: str) -> PoseInput:
    if not isinstance(values, dict):
        raise UserError(f"{where}: pose is no object although found is true")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UserError(f"{where}: {name!r:.60} is not a number")
        known = BASE.parameters[_index(name, where)]
        if not -1e9 < value < 1e9:  # not NaN either, nor more digits than a float takes
            why = f"out of range; {name} goes from {known.low:g} to {known.high:g}"
            raise UserError(f"{where}: {name!r:.60} is {value!r:.60}: {why}")
    return PoseInput.of(values)


def _number(row: dict[str, Any], key: str, highest: float, where: str) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= highest:
        raise UserError(f"{where}: {key} is {value!r:.60}; it is a number from 0 to {highest:g}")
    return float(value)
