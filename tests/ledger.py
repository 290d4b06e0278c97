"""A renderer for tests that keeps account of what it holds, and draws nothing."""

import numpy as np

from vtuber.core.picture import Box, Picture


class Ledger:
    """A renderer that keeps account of what it holds, and draws nothing."""

    def __init__(self):
        self.held, self.is_open, self.drawn = {}, True, []
        self.prepared = []

    def prepare(self, avatar):
        self.prepared.append(avatar.name)
        return avatar

    def load_by_steps(self, key, prepared):
        yield
        self.held[key] = prepared

    def unload(self, key):
        del self.held[key]

    def draw(self, scene, fields):
        self.drawn.append((scene, fields))
        return Picture(np.zeros((1, 1, 4), np.uint8), Box(0, 0, 0, 0), 0, 0, scene.sequence)

    def close(self):
        self.is_open = False
