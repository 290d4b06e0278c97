"""The microphone of a show: how the mouth of who speaks into it is, for the beat."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vtuber.animate.fade import Fade
from vtuber.animate.lipsync import COMES_S, GOES_S, Shape, blended, pose_of
from vtuber.core.pose import PoseInput
from vtuber.core.speech import Mouth
from vtuber.runtime.worker import Worker
from vtuber.shows.watch import Watched
from vtuber.sound.microphone import Microphone


class Listening:
    """One microphone, its thread, and the mouth that it moves."""

    def __init__(self, microphone: Microphone, performer: str) -> None:
        self._microphone, self._performer = microphone, performer
        self._gain = Fade()
        self._shape: Shape = blended(())
        worker = Worker("microphone", microphone.run)
        self.watched = Watched(worker, f"microphone {microphone.name}", lambda: microphone.blocks)

    def check(self) -> None:
        """Raise UserError when there is no such microphone."""
        self._microphone.check()

    def under(self, spoken: Mapping[str, Mouth], now_ns: int) -> Mapping[str, Mouth]:
        """Lay what the voice does to mouths over what the microphone does."""
        heard = self._pose(now_ns)
        if heard is None:
            return spoken
        mouth = spoken.get(self._performer)
        if mouth is None:
            return {**spoken, self._performer: Mouth(heard)}
        share = mouth.pose.weights
        values = heard.values + share * (mouth.pose.values - heard.values)
        both = PoseInput(values, np.maximum(heard.weights, share))
        return {**spoken, self._performer: Mouth(both, mouth.expression)}

    def _pose(self, now_ns: int) -> PoseInput | None:
        shares = self._microphone.shares(now_ns)
        is_there = shares is not None
        self._gain.to(float(is_there), now_ns, COMES_S if is_there else GOES_S)
        if shares is not None:
            self._shape = blended(shares)
        gain = self._gain.at(now_ns)
        return pose_of(self._shape, gain) if gain > 0 else None
