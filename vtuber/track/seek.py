"""Pictures in, one performer's mesh out: never somebody else's, and found again wherever they went.

The mesh follows a face from frame to frame by itself, and finds only large ones. When it is lost, a
detector of small and far faces looks over the picture, and the mesh is put onto a window around the
right one: the performer is nobody who was seen elsewhere when they were lost, and nobody who looks
otherwise. Several performers of one show know each other, and no face is two of them. Pure but for
the two models, which are handed in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.track.looks import FAMILIAR, STRANGE, Look, Memory, look_of

Picture = UInt8[np.ndarray, "h w 3"]
Mesh = Float32[np.ndarray, "478 3"]  # x and y over the picture's width and height, z as x

WINDOW = 3.0  # times the size of the face: what the mesh's own detector likes best
TIGHT = 2.0  # the same among several people, of whom the mesh would take the clearest
HOP = 1.0  # sizes of the face: no head moves further from one frame to the next
DETECT_EVERY = 3  # frames, while nobody is found: 5.5 ms of CPU each
FORGET_NS = 10_000_000_000  # a performer who is away for longer may be replaced
SETTLE_NS = 1_500_000_000  # who looks otherwise in the same place for longer: the light
CLEAR = 1.2  # sizes of the face between two performers, for each to be learnt
_EDGE = 0.04  # of a window's side: a face that comes nearer to it needs another window
_FILLS = (0.12, 0.6)  # of a window's side: smaller or larger faces need another window
_LARGE = 0.25  # of the frame's height: a face that needs no window


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in frame pixels; of a face, from the brows to the chin."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def size(self) -> float:
        return max(self.width, self.height)

    def apart(self, other: Box) -> float:
        """Give how far two faces are from each other, in sizes of the larger one."""
        (x, y), (u, v) = self.centre, other.centre
        return math.hypot(x - u, y - v) / max(self.size, other.size, 1e-6)

    def is_at(self, other: Box) -> bool:
        """Tell whether two rectangles may be of one face."""
        return self.apart(other) < 0.6


Detect = Callable[[Picture], Sequence[Box]]  # faces in a picture, in its pixels
FitMesh = Callable[[Picture], Mesh | None]  # the face that is followed, or the clearest


class Seeker:
    """Follows one performer. `fit` and `detect` belong to it: `fit` remembers where a face was."""

    def __init__(self, fit: FitMesh, detect: Detect) -> None:
        self._fit, self._detect = fit, detect
        self._company: tuple[Seeker, ...] = (self,)
        self._window: tuple[int, int, int, int] | None = None  # left, top, right, bottom
        self._at: Box | None = None  # where the performer was last
        self._last: Picture | None = None  # the last picture with them
        self._seen_ns = 0
        self._is_found = False
        self._misses = 0
        self._bystanders: list[Box] = []
        self._memory = Memory()

    def meet(self, company: Sequence[Seeker]) -> None:
        """Say who performs in the same picture, itself among them, as they sit: left first."""
        self._company = tuple(company)

    @property
    def at(self) -> Box | None:
        """Give where the performer is; None while nobody is found."""
        return self._at if self._is_found else None

    def seek(self, rgb: Picture, now_ns: int) -> Float32[np.ndarray, "478 3"] | None:
        """Give the performer's landmarks in frame pixels (z likewise), or None."""
        if self._at is not None and not self._is_found and now_ns - self._seen_ns > FORGET_NS:
            self._at, self._bystanders, self._last, self._misses = None, [], None, 0
            self._memory.forget()
        if self._last is not None and self._last.shape != rgb.shape:
            self._window = None
        landmarks = self._look(rgb, now_ns)
        if landmarks is None:
            landmarks = self._search(rgb, now_ns)
        self._is_found = landmarks is not None
        if landmarks is None:
            self._misses += 1
            return None
        self._at, self._last, self._seen_ns, self._misses = box_of(landmarks), rgb, now_ns, 0
        self._bystanders = []
        self._keep_window(rgb, self._at)
        return landmarks

    def _look(self, rgb: Picture, now_ns: int) -> Float32[np.ndarray, "478 3"] | None:
        """Follow the face of the last picture, or take the one that shows first, if it may be."""
        if self._at is None:  # who sits nearest is the performer: the detector knows all of them
            return None
        landmarks = self._fitted(rgb)
        if landmarks is None:
            return None
        box = box_of(landmarks)
        hops = self._is_found and box.apart(self._at) > HOP  # the search says whether it is them
        if not box.size > 1 or hops or not self._is_them(rgb, landmarks, box, now_ns):
            self._forget_mesh()
            return None
        return landmarks

    def _is_them(self, rgb: Picture, landmarks: Mesh, box: Box, now_ns: int) -> bool:
        """Tell whether a face may be the performer's, and learn what they look like."""
        look = look_of(rgb, landmarks)
        strange = self._memory.strangeness(look)
        is_known = look is not None and self._memory.knows
        if any(box.is_at(other) for other in self._bystanders):
            return is_known and strange < FAMILIAR
        others = [other for other in self._others() if other.at is not None]
        if any(other._claims(box, look, strange if is_known else math.inf) for other in others):
            return False
        if strange > STRANGE:
            is_there = self._at is not None and box.is_at(self._at)
            if not is_there or now_ns - self._seen_ns < SETTLE_NS:
                return False
            self._memory.forget()
        clear = all(other.at is None or box.apart(other.at) > CLEAR for other in others)
        if look is not None and strange < FAMILIAR and clear:
            self._memory.learn(look)
        return True

    def _others(self) -> list[Seeker]:
        return [other for other in self._company if other is not self]

    def _claims(self, box: Box, look: Look | None, strange_to_another: float) -> bool:
        """Tell whether a face is rather this performer's than another's who finds it so strange."""
        if self.at is None or not box.is_at(self.at):
            return False
        return not self._memory.strangeness(look) > strange_to_another

    def _search(self, rgb: Picture, now_ns: int) -> Float32[np.ndarray, "478 3"] | None:
        """Look for the performer all over the picture."""
        if self._misses % DETECT_EVERY:
            return None
        if self._misses == 0 and self._last is not None and self._at is not None:
            at = self._at
            self._bystanders = [b for b in self._detect(self._last) if not b.is_at(at)]
        faces = list(self._detect(rgb))
        self._follow_bystanders(faces)
        others = [*self._bystanders, *(o.at for o in self._others() if o.at is not None)]
        free = [face for face in faces if not any(face.is_at(other) for other in others)]
        for face in self._in_order(free)[:2]:
            is_alone = len(faces) == 1 and len(self._company) == 1
            self._window = _window(face, rgb) if is_alone else _around(face, TIGHT, rgb)
            self._forget_mesh()
            landmarks = self._fitted(rgb)
            if landmarks is None:
                continue
            box = box_of(landmarks)
            if box.apart(face) < 1.0 and self._is_them(rgb, landmarks, box, now_ns):
                return landmarks
        self._window = None
        self._forget_mesh()
        if others:  # whom the mesh finds may be one of them
            return None
        landmarks = self._fitted(rgb)  # the mesh finds large faces that the detector does not
        if landmarks is None or not self._is_them(rgb, landmarks, box_of(landmarks), now_ns):
            return None
        return landmarks

    def _in_order(self, faces: Sequence[Box]) -> list[Box]:
        """Put first who may be the performer; at first who sits nearest, from left to right."""
        faces = sorted(faces, key=self._strangeness)
        if self._at is not None:
            return faces
        new = [one for one in self._company if one._at is None]
        nearest = sorted(faces[: len(new)], key=lambda face: face.left)
        mine = nearest[new.index(self) : new.index(self) + 1]
        return [*mine, *(face for face in faces if face not in mine)]

    def _strangeness(self, face: Box) -> float:
        """Say how little a face is like the performer's last one; at first, the nearest counts."""
        if self._at is None:
            return -face.size
        return face.apart(self._at) + abs(math.log(max(face.size, 1.0) / max(self._at.size, 1.0)))

    def _follow_bystanders(self, faces: Sequence[Box]) -> None:
        moved = []
        for bystander in self._bystanders:
            near = min(faces, key=bystander.apart, default=None)
            moved.append(near if near is not None and near.is_at(bystander) else bystander)
        self._bystanders = moved

    def _keep_window(self, rgb: Picture, face: Box) -> None:
        """Put the window anew where the face is about to leave it, or has another size."""
        if self._window is None:
            return
        left, top, right, bottom = self._window
        side = max(right - left, bottom - top)
        margin = _EDGE * side
        height, width = rgb.shape[:2]
        is_inside = (
            (left == 0 or face.left > left + margin)
            and (top == 0 or face.top > top + margin)
            and (right == width or face.left + face.width < right - margin)
            and (bottom == height or face.top + face.height < bottom - margin)
        )
        low, high = _FILLS
        if not is_inside or not low < face.size / side < high:
            self._window = _window(face, rgb)
            self._forget_mesh()

    def _fitted(self, rgb: Picture) -> Float32[np.ndarray, "478 3"] | None:
        height, width = rgb.shape[:2]
        left, top, right, bottom = self._window or (0, 0, width, height)
        mesh = self._fit(np.ascontiguousarray(rgb[top:bottom, left:right]))
        if mesh is None or not np.isfinite(mesh).all():
            return None
        scale = np.array([right - left, bottom - top, right - left], np.float32)
        return mesh * scale + np.array([left, top, 0], np.float32)

    def _forget_mesh(self) -> None:
        """Make the mesh look for a face anew: a dark picture is nobody."""
        self._fit(_DARK)


_DARK = np.zeros((64, 64, 3), np.uint8)
# brows, chin, sides: what the detector's rectangles go around
_OUTLINE = np.array([107, 336, 152, 234, 454, 33, 263, 4])


def box_of(landmarks_px: Float32[np.ndarray, "478 3"]) -> Box:
    """Give the rectangle of a mesh, in its pixels."""
    corners = landmarks_px[_OUTLINE, :2]
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top)


def _window(face: Box, rgb: Picture) -> tuple[int, int, int, int] | None:
    """Give a window around a face; None where the whole picture will do."""
    return None if face.size > _LARGE * rgb.shape[0] else _around(face, WINDOW, rgb)


def _around(face: Box, times: float, rgb: Picture) -> tuple[int, int, int, int] | None:
    """Give a square so many times a face's size around it, cut to the picture."""
    height, width = rgb.shape[:2]
    x, y = face.centre
    half = max(16.0, times / 2 * face.size)
    left, right = max(0, round(x - half)), min(width, round(x + half))
    top, bottom = max(0, round(y - half)), min(height, round(y + half))
    return (left, top, right, bottom) if min(right - left, bottom - top) >= 8 else None
