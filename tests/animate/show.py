"""One performer's beats, for all tests of this room."""

import numpy as np

from vtuber.animate.performer import Behaviour, Performer
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput

SECOND = 10**9
BEAT_NS = SECOND // 60


class Show:
    """Beats of one performer, and a camera that sees what it is told: values, None or nothing."""

    def __init__(self, avatar, **behaviour):
        self.performer = Performer("me", avatar, "me#0", Behaviour(**behaviour))
        self.now_ns = 0
        self.face = None
        self.actors = []

    def play(self, seconds, values=None, camera=True):
        """Play on; without values the camera sees nobody, without a camera nothing comes at all."""
        for _ in range(round(seconds * 60)):
            self.now_ns += BEAT_NS
            if camera and values is None:
                self.face = Face.lost(self.now_ns, 0)
            elif camera:
                self.face = Face(self.now_ns, 0, True, PoseInput.of(values))
            self.actors.append(self.performer.advance(self.now_ns, self.face))
        return self.actors[-1]

    def obey(self, command):
        return self.performer.obey(command, self.now_ns)

    def track(self, name):
        return np.array([actor.pose[name] for actor in self.actors])
