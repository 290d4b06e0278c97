"""Faces of one performer in, parts of the mix out: tracking takes over and hands back softly.

What would be a jump (a face that comes, goes, or is back elsewhere; a new zero point; the mirror)
ends a take and begins the next, which is faded over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vtuber.animate.fade import Fade
from vtuber.animate.mix import Part
from vtuber.animate.retarget import Retarget
from vtuber.animate.smooth import Predictor
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput

LOST_AFTER_NS = 300_000_000  # a face that is away for less was only a hand before it
FOUND_S, LOST_S = 0.3, 0.7  # so that a second after the last face all is idle motion's


@dataclass(slots=True, eq=False)
class _Take:
    source: PoseInput
    fade: Fade = field(default_factory=Fade)


class Presence:
    """Whether a performer is seen, and what the avatar takes from them."""

    def __init__(self) -> None:
        self._retarget = Retarget()
        self._predictor = Predictor()
        self._newest: Face | None = None
        self._seen: Face | None = None  # the newest that was found
        self._takes: list[_Take] = []
        self._current: tuple[_Take, bool] | None = None  # and whether it is mirrored

    def captured_ns(self, now_ns: int) -> int | None:
        """Give when the face was captured that moves the avatar now; None when none does."""
        seen = self._seen
        if seen is None or now_ns - seen.captured_ns >= LOST_AFTER_NS:
            return None
        return seen.captured_ns

    def share(self, now_ns: int) -> float:
        """Give how much of the avatar is tracking's, 0..1."""
        left = 1.0
        for take in self._takes:
            left *= 1.0 - take.fade.at(now_ns)
        return 1.0 - left

    def calibrate(self, now_ns: int) -> None:
        """Take the face of now as straight ahead. Raises UserError when there is none."""
        if self.captured_ns(now_ns) is None or self._seen is None or self._seen.pose is None:
            raise UserError("cannot calibrate: no face is seen")
        self._retarget.calibrate(self._seen.pose)
        self._current = None

    def follow(
        self, now_ns: int, face: Face | None, *, mirror: bool, predict: bool, hold: bool
    ) -> list[Part]:
        """Take the newest face, new or seen before, and give what it adds to the mix.

        `hold`: a face that is lost stays as it was last.
        """
        if face is not None and face is not self._newest:
            self._newest = face
            self._predictor.add(face)
            if face.found:
                self._seen = face
        if self.captured_ns(now_ns) is not None:
            self._play(now_ns, mirror, predict)
        else:
            self._current = None
            if not hold:
                self._end_takes(now_ns)
        self._takes = [t for t in self._takes if t.fade.target > 0.0 or t.fade.at(now_ns) > 0.0]
        return [Part(take.source, take.fade.at(now_ns)) for take in self._takes]

    def _play(self, now_ns: int, mirror: bool, predict: bool) -> None:
        assert self._seen is not None, "who is there was seen"
        measured = self._predictor.at(now_ns) if predict else self._seen.pose
        if self._current is not None and self._current[1] == mirror:
            if measured is not None:  # None: lost for a moment; then it stays where it was led to
                self._current[0].source = self._retarget(measured, mirror)
            return
        measured = measured or self._seen.pose
        assert measured is not None, "a face that was found has a pose"
        self._end_takes(now_ns)
        take = _Take(self._retarget(measured, mirror))
        take.fade.to(1.0, now_ns, FOUND_S)
        self._takes.append(take)
        self._current = take, mirror

    def _end_takes(self, now_ns: int) -> None:
        for take in self._takes:
            take.fade.to(0.0, now_ns, LOST_S)
