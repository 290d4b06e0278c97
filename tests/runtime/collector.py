"""A sink that keeps what it got, and its outbox."""

import threading

import numpy as np

from vtuber.core.picture import Box, Picture
from vtuber.runtime.meter import Meter
from vtuber.runtime.outbox import Outbox

TINY = np.zeros((1, 1, 4), np.uint8)


def picture(number):
    return Picture(TINY, Box(0, 0, 0, 0), 0, 0, number)


class Collector:
    """A sink that keeps the numbers of its pictures, and stalls or fails when it is told.

    Sounds are kept among them, by their times and as negative numbers.
    """

    def __init__(self, delivery, eats=("picture", "sound")):
        self.delivery, self.eats = delivery, frozenset(eats)
        self.sent, self.opened, self.closed = [], 0, 0
        self.error = None
        self.gate = threading.Event()  # closed: the sink takes one picture and is stuck with it
        self.gate.set()
        self.is_busy = threading.Event()
        self.taken = threading.Semaphore(0)

    def open(self):
        self.opened += 1

    def send(self, picture):
        self.is_busy.set()
        assert self.gate.wait(10.0)
        self.is_busy.clear()
        if self.error is not None:
            raise self.error
        self.sent.append(picture.sequence)
        self.taken.release()

    def hear(self, sound):
        self.sent.append(-sound.start_ns)

    def close(self):
        self.closed += 1


def begun(delivery, fps):
    sink = Collector(delivery)
    outbox = Outbox("film", sink, fps, Meter())
    outbox.open()
    return sink, outbox


def finish(outbox, last=None, end_s=0.0):
    outbox.finish(None if last is None else picture(last), round(end_s * 1e9))
    assert outbox.worker.join(10.0)


def stall(sink, outbox, number, beat_s):
    """Let the sink be stuck with a picture."""
    sink.gate.clear()
    sink.is_busy.clear()
    outbox.offer(picture(number), round(beat_s * 1e9))
    assert sink.is_busy.wait(10.0)
