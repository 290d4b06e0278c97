"""Pictures put together of several people, and who moves whom in them.

A `Person` is the head of a clip, pasted onto a drawn room, frame by frame; its `Walk` says where it
is. The one who is drawn last is in front.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import tracking_scenes as scenes  # beside this file

from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.runtime.clock import SystemClock
from vtuber.track.trackers.mediapipe import Options, Tracker

Walk = Callable[[int], tuple[float, float] | None]  # frame: the bridge of the nose; None is away
EYES_PX = 95.0  # between the outer corners of the eyes: a face of 150 px, half a metre away


@dataclass(frozen=True)
class Person:
    """Somebody's head: pictures of it with their transparency, shown over and over."""

    heads: list[np.ndarray]  # square, RGBA; the bridge of the nose in the middle
    walk: Walk
    eyes_px: float = EYES_PX


def heads_of(frames: list[Frame], faces: list[Face], eyes_px: float = EYES_PX) -> list[np.ndarray]:
    """Cut the heads out of a clip."""
    side = 2 * round(2.4 * eyes_px)
    middle, nothing = (side / 2, side / 2), np.zeros((side, side, 3), np.uint8)
    heads = []
    for frame, face in zip(frames, faces, strict=True):
        colours = scenes.pasted(frame.rgb, face, eyes_px, middle, nothing)
        white = np.full_like(frame.rgb, 255)
        heads.append(
            np.dstack([colours, scenes.pasted(white, face, eyes_px, middle, nothing)[..., 0]])
        )
    return heads


def put(head: np.ndarray, middle: tuple[float, float], onto: np.ndarray) -> None:
    """Lay a head over a picture, its colours multiplied with its transparency already."""
    height, width = onto.shape[:2]
    half = len(head) // 2
    x, y = round(middle[0]) - half, round(middle[1]) - half
    left, top, right, bottom = (
        max(0, -x),
        max(0, -y),
        min(2 * half, width - x),
        min(2 * half, height - y),
    )
    if left < right and top < bottom:
        part = head[top:bottom, left:right].astype(np.uint16)
        under = onto[y + top : y + bottom, x + left : x + right]
        under[:] = np.minimum(255, part[..., :3] + under * (255 - part[..., 3:]) // 255)


def shown(people: Sequence[Person], frames: int, seed: int = 3) -> list[Frame]:
    """Draw a scene, the last person in front."""
    room, pictures = scenes.room(seed), []
    for n in range(frames):
        rgb = room.copy()
        for person in people:
            middle = person.walk(n)
            if middle is not None:
                put(person.heads[n % len(person.heads)], middle, rgb)
        pictures.append(Frame(rgb, n * scenes.FRAME_NS, n))
    return pictures


def seen(frames: list[Frame], performers: int) -> list[list[Face]]:
    """Track so many performers together; give the faces of each."""
    trackers = [Tracker(Options(), SystemClock()) for _ in range(performers)]
    for tracker in trackers:
        tracker.meet(trackers)
        tracker.open()
    faces: list[list[Face]] = [[] for _ in trackers]
    for frame in frames:
        for tracker, own in zip(trackers, faces, strict=True):
            own.append(tracker.find(frame))
    for tracker in trackers:
        tracker.close()
    return faces


def whose(face: Face, people: Sequence[Person], n: int) -> int | None:
    """Say whose face was found, by its place; of two in one place, who is in front."""
    if face.landmarks_px is None:
        return None
    away = {}
    for number, person in enumerate(people):
        middle = person.walk(n)
        if middle is not None:
            distance = float(np.linalg.norm(face.landmarks_px[6, :2] - middle)) / person.eyes_px
            away[number] = distance
    if not away:
        return None
    near = [number for number, distance in away.items() if distance < 0.35]
    return max(near) if near else min(away, key=lambda number: away[number])


@dataclass
class Count:
    """Of the faces of one performer: by whom they were moved."""

    own: int = 0
    wrong: int = 0
    there: int = 0  # frames in which the performer could be seen
    seen: int = 0  # and was

    def add(self, found: list[Face], people: Sequence[Person], own: int) -> None:
        for n, face in enumerate(found):
            who = whose(face, people, n)
            self.own += who == own
            self.wrong += who is not None and who != own
            could = is_visible(people, own, n)
            self.there += could
            self.seen += could and who == own


def is_visible(people: Sequence[Person], number: int, n: int) -> bool:
    """Tell whether somebody is there and nobody stands in front of them."""
    middle = people[number].walk(n)
    if middle is None:
        return False
    fronts = (person.walk(n) for person in people[number + 1 :])
    return all(
        front is None or np.hypot(front[0] - middle[0], front[1] - middle[1]) > 2.6 * EYES_PX
        for front in fronts
    )


def stays(x: float, y: float = 220.0) -> Walk:
    return lambda n: (x, y)


def crosses(begin: int, speed: float, x: float = -150.0, y: float = 220.0) -> Walk:
    """Walk through the picture from the left, or with a negative speed from the right."""

    def walk(n: int) -> tuple[float, float] | None:
        if n < begin:
            return None
        went = speed * (n - begin)
        at = x + went if speed > 0 else 640 - x + went
        return (at, y + 4 * np.sin(n / 4)) if -160 < at < 800 else None

    return walk


def swaps_places(one: float, other: float, begin: int, frames: int) -> Walk:
    """Stay, go to another place, and stay there."""

    def walk(n: int) -> tuple[float, float]:
        share = min(1.0, max(0.0, (n - begin) / frames))
        return one + (other - one) * share, 220.0

    return walk


def leaves(walk: Walk, away: range) -> Walk:
    return lambda n: None if n in away else walk(n)
