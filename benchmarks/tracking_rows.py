"""The rows of the tracking benchmark: the test data in, a few figures out, each under its name.

What each of them measures, and how, stands in `tracking.py`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tracking_scenes as scenes  # beside this file
from head_solvers import rotation_of, solvers  # beside this file

from vtuber.animate.presence import Presence
from vtuber.animate.retarget import Manner
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.pose import BASE, HEAD_DEG
from vtuber.track.head import angles_deg

CLIPS = ("lp_d9.mp4", "lp_d18.mp4", "lp_s18.mp4")
ANGLES = [BASE.index[name] for name in HEAD_DEG]
NEAR = 2  # frames by which a blink's label may be missed
GAZE_ASIDE = 0.4  # of the range of a gaze, 12 degrees: half-way between centred and sideways irises


@dataclass
class Material:
    """The test data, each clip tracked once."""

    folder: Path
    _takes: dict[str, tuple[list[Frame], list[Face], list[Face]]] = field(default_factory=dict)

    def take(self, name: str) -> tuple[list[Frame], list[Face], list[Face]]:
        """Give a file's frames and its faces, measured and filtered."""
        if name not in self._takes:
            frames = scenes.frames_of(self.folder / name)
            self._takes[name] = (frames, *scenes.live(frames))
        return self._takes[name]

    def clip(self, name: str) -> tuple[list[Frame], list[Face], list[Face]]:
        return self.take(f"video/{name}")

    def stills(self) -> list[str]:
        return sorted(f"stills/{path.name}" for path in (self.folder / "stills").glob("*.jpg"))

    @cached_property
    def canonical_cm(self) -> np.ndarray:
        lines = (self.folder / "canonical_face" / "canonical_face_model.obj").read_text()
        rows = [line.split()[1:4] for line in lines.splitlines() if line.startswith("v ")]
        return np.array(rows, float)

    @cached_property
    def labels(self) -> Any:
        return json.loads((Path(__file__).parent / "tracking_labels.json").read_text())

    def labels_of(self, what: str) -> Any:
        return json.loads((self.folder / f"labels_{what}.json").read_text())


def poses(faces: list[Face]) -> np.ndarray:
    """Give (frames, values), NaN where no face was found."""
    lost = np.full(len(BASE), np.nan)
    return np.array([face.pose.values if face.pose is not None else lost for face in faces])


def _both(
    material: Material,
    names: list[str],
    change: Callable[[list[Frame]], list[Frame]],
    back: Callable[[np.ndarray], np.ndarray],
) -> tuple[dict[str, float], np.ndarray]:
    """Track pictures as they are and changed; give each solver's error, and our yaws of both."""
    by_name = solvers(material.canonical_cm)
    errors: dict[str, list[np.ndarray]] = {name: [] for name in by_name}
    yaws = []
    for name in names:
        frames, straight, _ = material.take(name)
        other, _ = scenes.live(change(frames))
        for one, two in list(zip(straight, other, strict=True))[2:]:
            if one.landmarks_px is None or two.landmarks_px is None:
                continue
            for solver, solve in by_name.items():
                first = angles_deg(solve(one.landmarks_px, one.frame_size_px))
                again = angles_deg(back(solve(two.landmarks_px, two.frame_size_px)))
                error = (np.subtract(again, first) + 180) % 360 - 180
                errors[solver].append(np.abs(error))
                if solver == "ours":
                    yaws.append((first[0], again[0]))
    return {name: round(float(np.mean(found)), 2) for name, found in errors.items()}, np.array(yaws)


def flip(material: Material) -> dict[str, Any]:
    side = np.diag([-1.0, 1.0, 1.0])
    names = ["video/lp_d9.mp4", "video/head-pose-face-detection-female.gif", *material.stills()]
    mae, yaws = _both(material, names, scenes.flipped, lambda rotation: side @ rotation @ side)
    slope = np.polyfit(yaws[:, 0], yaws[:, 1], 1)[0]
    correlation = np.corrcoef(yaws.T)[0, 1]
    return {
        "mae_deg": mae.pop("ours"),
        "slope": round(float(slope), 3),
        "correlation": round(float(correlation), 3),
        "rivals": mae,
    }


def rotate(material: Material) -> dict[str, Any]:
    names = ["video/lp_d9.mp4", "video/lp_d18.mp4", *material.stills()]
    found = []
    for degrees in (15.0, -15.0):
        undo = rotation_of(0, 0, degrees)  # a turn of the picture is a turn about the view
        found.append(
            _both(
                material,
                names,
                lambda frames, by=degrees: scenes.rotated(frames, by),
                lambda rotation, undo=undo: undo @ rotation,
            )[0]
        )
    mae = {name: round((found[0][name] + found[1][name]) / 2, 2) for name in found[0]}
    return {"mae_deg": mae.pop("ours"), "rivals": mae}


def _events(is_on: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.r_[0, is_on.astype(int), 0]))
    return list(zip(edges[::2], edges[1::2] - 1, strict=True))


def blink(material: Material) -> dict[str, Any]:
    columns = [BASE.index["eyeBlinkLeft"], BASE.index["eyeBlinkRight"]]
    hits = real = false = 0
    minutes, shut, opened = 0.0, [], []
    for clip, labels in material.labels_of("blink").items():
        if clip == "note":
            continue
        frames, _, faces = material.clip(clip)
        value = poses(faces)[:, columns].mean(axis=1)
        found = _events(value > 0.5)
        known = labels["events"] + labels.get("ignore", [])

        def touch(one: Any, other: Any) -> bool:
            return bool(one[0] <= other[1] + NEAR and one[1] >= other[0] - NEAR)

        hits += sum(any(touch(event, b) for event in found) for b in labels["events"])
        false += sum(not any(touch(event, b) for b in known) for event in found)
        real += len(labels["events"])
        minutes += (frames[-1].captured_ns - frames[0].captured_ns) / 60e9
        shut.extend(1 - value[labels["closed"]])
        is_open = np.ones(len(value), bool)
        for first, last in known:
            is_open[max(0, first - NEAR) : last + NEAR + 1] = False
        opened.extend(1 - value[is_open])
    return {
        "f1": round(2 * hits / (real + hits + false), 3),
        "false_per_minute": round(false / minutes, 2),
        "shut_p95": round(float(np.percentile(shut, 95)), 3),
        "open_p5": round(float(np.percentile(opened, 5)), 3),
        "events": real,
    }


def _ranks(values: np.ndarray) -> np.ndarray:
    """Give the ranks of values, equal ones their mean."""
    less = (values[:, None] > values).sum(axis=1)
    return np.asarray(less + ((values[:, None] == values).sum(axis=1) - 1) / 2)


def mouth(material: Material) -> dict[str, Any]:
    levels, opened = [], []
    marks = [(m["clip"], m["frame"], m["mouth"]) for m in material.labels_of("mouth")]
    for clip, by_level in material.labels["mouth"].items():
        marks += [(clip, frame, int(level)) for level, at in by_level.items() for frame in at]
    for clip, frame, level in marks:
        levels.append(level)
        opened.append(poses(material.clip(clip)[2])[frame, BASE.index["jawOpen"]])
    level, value = np.array(levels), np.array(opened)
    gaps = np.sign(value[level > 0][:, None] - value[level == 0])
    return {
        "rank": round(float(np.corrcoef(_ranks(level), _ranks(value))[0, 1]), 3),
        "auc": round(float((gaps.mean() + 1) / 2), 3),
        "median_by_level": [round(float(np.median(value[level == n])), 3) for n in (0, 1, 2)],
        "pictures": len(level),
    }


def gaze(material: Material) -> dict[str, Any]:
    to_left, to_right = BASE.index["eyeLookOutLeft"], BASE.index["eyeLookInLeft"]
    right = total = 0
    wrong = []
    for name, by_class in material.labels["gaze"].items():
        frames, _, straight = material.take(name)
        _, flipped = scenes.live(scenes.flipped(frames))
        for faces, sign in ((straight, 1), (flipped, -1)):
            look = poses(faces)[:, to_left] - poses(faces)[:, to_right]
            for label, at in by_class.items():
                wanted = sign * {"left": 1, "centre": 0, "right": -1}[label]
                for frame in at:
                    last = len(faces) - 1 if name.endswith(".jpg") else frame
                    seen = np.sign(look[last]) * (abs(look[last]) > GAZE_ASIDE)
                    total += 1
                    right += bool(seen == wanted)
                    if seen != wanted:
                        wrong.append(f"{name}:{frame}{'' if sign > 0 else ' flipped'}")
    return {"accuracy": round(right / total, 3), "pictures": total, "wrong": wrong}


def _rest(angles: np.ndarray, window: int = 15) -> np.ndarray:
    """Say where a head rests: its mean over half a second hardly goes anywhere for a second."""
    smooth = np.apply_along_axis(np.convolve, 0, angles, np.ones(window) / window, "same")
    speed = np.abs(np.gradient(smooth, axis=0)).max(axis=1) * 30  # degrees a second
    calm = np.convolve((speed < 3).astype(float), np.ones(window) / window, "same") > 0.99
    calm[:window] = calm[-window:] = False
    return np.asarray(calm)


def _high_pass_rms(angles: np.ndarray, at: np.ndarray, window: int = 15) -> float:
    smooth = np.apply_along_axis(np.convolve, 0, angles, np.ones(window) / window, "same")
    return float(np.sqrt(np.mean((angles - smooth)[at] ** 2)))


def jitter(material: Material) -> dict[str, Any]:
    by_name = solvers(material.canonical_cm)
    filtered, raw, rivals, frames = [], [], {name: [] for name in by_name}, 0
    for clip in (*CLIPS, "lp_s20.mp4"):
        _, measured, faces = material.clip(clip)
        seen = [(face.landmarks_px, face.frame_size_px) for face in measured]
        angles = {
            name: np.unwrap([angles_deg(solve(*one)) for one in seen], period=360, axis=0)
            for name, solve in by_name.items()
        }
        at = _rest(angles["kabsch"])  # a rival's, so that no change of ours chooses its own frames
        count = int(at.sum())
        frames += count
        filtered.append((_high_pass_rms(poses(faces)[:, ANGLES], at), count))
        raw.append((_high_pass_rms(poses(measured)[:, ANGLES], at), count))
        for name, found in angles.items():
            rivals[name].append((_high_pass_rms(found, at), count))

    def whole(parts: list[tuple[float, int]]) -> float:
        value, count = np.array([(v, n) for v, n in parts if n]).T
        return round(float(np.sqrt((value**2 * count).sum() / count.sum())), 3)

    unfiltered = {name: whole(found) for name, found in rivals.items()}
    unfiltered.pop("ours")
    return {"rms_deg": whole(filtered), "unfiltered_deg": whole(raw), "frames": frames,
            "rivals": unfiltered}  # fmt: skip


def lag(material: Material) -> dict[str, Any]:
    late = {predict: _lag(material, predict) for predict in (True, False)}
    return {"frames": late[True], "unpredicted_frames": late[False]}


def _lag(material: Material, predict: bool, arrives_ns: int = 20_000_000) -> float:
    """Find the shift in time at which the character's head and the measured one agree best."""
    _, measured, faces = material.clip("lp_d9.mp4")
    times_ns = np.array([face.captured_ns for face in measured])
    truth = poses(measured)[:, ANGLES]
    presence, manner, shown, at_ns, came = Presence(), Manner(mirror=False), [], [], 0
    for now_ns in range(int(times_ns[0]), int(times_ns[-1]), 16_666_667):
        while came < len(faces) and times_ns[came] + arrives_ns <= now_ns:
            came += 1
        if not came:
            continue
        parts = presence.follow(
            now_ns, faces[came - 1], manner, lead_to_ns=now_ns if predict else None
        )
        if now_ns - times_ns[0] > 10**9:  # faded in
            shown.append(parts[-1].source.values[ANGLES])
            at_ns.append(now_ns)
    played, moments = np.array(shown), np.array(at_ns, float)
    shifts = np.arange(-3, 5, 0.05)
    errors = [
        np.mean((played - np.column_stack(
            [np.interp(moments - shift * scenes.FRAME_NS, times_ns, truth[:, a]) for a in range(3)]
        )) ** 2)
        for shift in shifts
    ]  # fmt: skip
    return round(float(shifts[int(np.argmin(errors))]), 2)


def cpu(material: Material) -> dict[str, Any]:
    frames = scenes.at_vga(material.clip("lp_d9.mp4")[0][:200])
    scenes.live(frames[:20])
    before = time.process_time()
    scenes.live([])
    opening = time.process_time() - before
    before = time.process_time()
    scenes.live(frames)
    spent = time.process_time() - before - opening
    return {"ms": round(spent * 1e3 / len(frames), 2), "mesh_ms": _mesh_ms(frames)}


def _mesh_ms(frames: list[Frame]) -> float:
    """Give what mediapipe's mesh takes alone: the least that its faces cost."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    with FaceMesh(max_num_faces=1, refine_landmarks=True) as mesh:
        for frame in frames[:20]:
            mesh.process(frame.rgb)
        before = time.process_time()
        for frame in frames:
            mesh.process(frame.rgb)
        return round((time.process_time() - before) * 1e3 / len(frames), 2)


def _heads(material: Material) -> list[tuple[np.ndarray, Face]]:
    names = ["video/lp_d9.mp4", "video/lp_d18.mp4", "video/lp_s18.mp4", *material.stills()]
    picked = []
    for name in names:
        frames, faces, _ = material.take(name)
        picked.append((frames[2].rgb, faces[2]))
    return picked


def _is_at(face: Face, middle: tuple[float, float], eyes_px: float) -> bool:
    if face.landmarks_px is None:
        return False
    near = np.abs(face.landmarks_px[6, :2] - middle).max() < eyes_px
    return bool(near and 0.5 < scenes.eye_distance_px(face) / eyes_px < 2)


def far(material: Material, eyes_px: float = 24.0) -> dict[str, Any]:
    random, found, total = np.random.default_rng(4), 0, 0
    missed = []
    for number, (rgb, face) in enumerate(_heads(material)):
        for again in range(2):
            middle = random.uniform(80, 560), random.uniform(80, 380)
            picture = scenes.pasted(rgb, face, eyes_px, middle, scenes.room(10 * number + again))
            frames = [Frame(picture, n * scenes.FRAME_NS, n) for n in range(3)]
            hit = any(_is_at(one, middle, eyes_px) for one in scenes.live(frames)[0])
            found += hit
            total += 1
            if not hit:
                missed.append(number)
    return {"found": round(found / total, 3), "pictures": total, "missed_heads": missed}


def recovery(material: Material) -> dict[str, Any]:
    seen = material.clip("lp_d9.mp4")[0][:40]
    dark = scenes.changed(seen[5:35], np.zeros_like)
    black = scenes.live([*seen[:5], *dark, *seen[:5]])[0][35:]
    rgb, face = _heads(material)[1]
    places = [(128.0, 200.0)] * 10 + [(512.0, 200.0)] * 12
    frames = [
        Frame(scenes.pasted(rgb, face, 60, place, scenes.room(7)), n * scenes.FRAME_NS, n)
        for n, place in enumerate(places)
    ]
    jumped = scenes.live(frames)[0][10:]
    return {
        "after_black": next((n for n, one in enumerate(black) if one.found), len(black)),
        "after_jump": next(
            (n for n, one in enumerate(jumped) if _is_at(one, places[-1], 60)), len(jumped)
        ),
    }


ALONE: dict[str, Callable[[Material], dict[str, Any]]] = {
    row.__name__: row
    for row in (
        flip,
        rotate,
        blink,
        mouth,
        gaze,
        jitter,
        lag,
        cpu,
        far,
        recovery,
    )
}
