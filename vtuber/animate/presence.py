"""Faces of one performer in, parts of the mix out: tracking takes over and hands back softly.

What would be a jump (a face that comes, goes, or is back elsewhere; a new zero point; another
manner) ends a take and begins the next, which is faded over it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float32

from vtuber.animate.fade import Fade
from vtuber.animate.mix import Part
from vtuber.animate.retarget import Manner, Retarget
from vtuber.animate.smooth import Predictor, SmoothSettings
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput

LOST_AFTER_NS = 300_000_000  # a face that is away for less was only a hand before it
LOST_AFTER_MOST_NS = 1_500_000_000  # where a tracker is slow: one look a second is still a face
LOOKS = 2.5  # intervals between faces: one that was missed is not yet one that is lost
RECENT = 4  # intervals of which the longest counts, so that one hitch is soon forgotten
FOUND_S, LOST_S = 0.3, 0.7  # so that a second after the last face all is idle motion's
NOTHING_HELD: Float32[np.ndarray, " n"] = np.zeros(len(BASE), np.float32)
NOTHING_HELD.setflags(write=False)


@dataclass(slots=True, eq=False)
class _Take:
    source: PoseInput
    fade: Fade = field(default_factory=Fade)


class Presence:
    """Whether a performer is seen, and what the avatar takes from them.

    Faces are judged by the beat on which they came, not by their capture: a tracker may be late, or
    slow, and sees its performer all the same.
    """

    def __init__(self, smoothing: SmoothSettings | None = None) -> None:
        """`smoothing`: how the faces that come were filtered, which the prediction makes up for."""
        self._retarget = Retarget()
        self._predictor = Predictor(smoothing)
        self._newest: Face | None = None
        self._came_ns = 0  # the newest
        self._intervals_ns: deque[int] = deque(maxlen=RECENT)
        self._seen: Face | None = None  # the newest that was found
        self._seen_ns = 0
        self._takes: list[_Take] = []
        self._current: tuple[_Take, Manner] | None = None

    def configure(self, smoothing: SmoothSettings) -> None:
        """Make up for another filter."""
        self._predictor.configure(smoothing)

    @property
    def measured(self) -> Float32[np.ndarray, " n"]:
        """Give what was measured last, as the avatar takes it up, before its ranges."""
        return self._retarget.measured

    def captured_ns(self, now_ns: int) -> int | None:
        """Give when the face was captured that moves the avatar now; None when none does."""
        if self._seen is None or now_ns - self._seen_ns >= self._lost_after_ns():
            return None
        return self._seen.captured_ns

    def _lost_after_ns(self) -> float:
        """Give how long a face may be away: longer with a slow tracker, longest while unknown."""
        longest_ns = max(self._intervals_ns, default=LOST_AFTER_MOST_NS)
        return min(LOST_AFTER_MOST_NS, max(LOST_AFTER_NS, LOOKS * longest_ns))

    def share(self, now_ns: int) -> float:
        """Give how much of the avatar is tracking's, 0..1."""
        left = 1.0
        for take in self._takes:
            left *= 1.0 - take.fade.at(now_ns)
        return 1.0 - left

    def calibrate(self, now_ns: int, *, takes_zero: bool = True) -> None:
        """Take the face of now as straight ahead. Raises UserError when there is none."""
        if self.captured_ns(now_ns) is None or self._seen is None or self._seen.pose is None:
            raise UserError("cannot calibrate: no face is seen")
        if takes_zero:  # lids are the tracker's
            self._retarget.calibrate(self._seen.pose)
            self._current = None

    def follow(
        self,
        now_ns: int,
        face: Face | None,
        manner: Manner,
        *,
        lead_to_ns: int | None,
        held: Float32[np.ndarray, " n"] = NOTHING_HELD,
    ) -> list[Part]:
        """Take the newest face, new or seen before, and give what it adds to the mix.

        The head is led to `lead_to_ns`, when it will be seen; None: it is not led. `held` is 1 for
        each value of the pose that stays as it was last when the face is lost.
        """
        if face is not None and face is not self._newest:
            self._take_in(now_ns, face)
        if self.captured_ns(now_ns) is not None:
            self._play(now_ns, manner, lead_to_ns)
        elif self._current is not None:
            self._let_go(now_ns, self._current[0], held)
            self._current = None
        elif not held.any():  # nor any more
            self._end_takes(now_ns)
        self._takes = [t for t in self._takes if t.fade.target > 0.0 or t.fade.at(now_ns) > 0.0]
        return [Part(take.source, take.fade.at(now_ns)) for take in self._takes]

    def _take_in(self, now_ns: int, face: Face) -> None:
        if self._newest is not None:
            self._intervals_ns.append(now_ns - self._came_ns)
        self._newest, self._came_ns = face, now_ns
        self._predictor.add(face)
        if face.found:
            self._seen, self._seen_ns = face, now_ns

    def _play(self, now_ns: int, manner: Manner, lead_to_ns: int | None) -> None:
        assert self._seen is not None, "who is there was seen"
        measured = self._seen.pose if lead_to_ns is None else self._predictor.at(lead_to_ns)
        if self._current is not None and self._current[1] == manner:
            if measured is not None:  # None: lost for a moment; then it stays where it was led to
                self._current[0].source = self._retarget(measured, manner)
            return
        measured = measured or self._seen.pose
        assert measured is not None, "a face that was found has a pose"
        self._end_takes(now_ns)
        take = _Take(self._retarget(measured, manner))
        take.fade.to(1.0, now_ns, FOUND_S)
        self._takes.append(take)
        self._current = take, manner

    def _let_go(self, now_ns: int, last: _Take, held: Float32[np.ndarray, " n"]) -> None:
        """End every take, but for what stays of the last one until the next is there."""
        self._end_takes(now_ns)
        if held.any():
            source, gain = last.source, last.fade.at(now_ns)
            last.source = PoseInput(source.values, source.weights * (1 - held))
            kept = PoseInput(source.values, source.weights * held)
            self._takes.append(_Take(kept, Fade(gain)))

    def _end_takes(self, now_ns: int) -> None:
        for take in self._takes:
            take.fade.to(0.0, now_ns, LOST_S)
