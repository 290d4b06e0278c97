"""Failures are said once, recoveries once, and a worker that only tries has not recovered."""

import logging
import threading

import pytest

from tests.shows.waiting import until
from vtuber.core.errors import DeviceLost
from vtuber.core.ports import StopEvent
from vtuber.runtime.worker import Worker
from vtuber.shows.watch import Watch, Watched


class Device:
    """A job that works while it is plugged in, and counts."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.done = 0

    def run(self, stop: StopEvent) -> None:
        while not stop.wait(0.001):
            if self.error is not None:
                raise self.error
            self.done += 1


class Time:
    """Looks at a Watch as often as a show does, on a clock of its own."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._now_ns = watch, 0

    def pass_s(self, seconds: float, worker: Worker) -> None:
        for _ in range(round(seconds * 2)):
            self._now_ns += 500_000_000
            until(lambda: not worker.is_alive or worker.error is None)
            self._watch.look(self._now_ns)


def test_a_device_that_vanishes_and_comes_back_is_spoken_of_twice() -> None:
    said: list[str] = []
    device = Device()
    worker = Worker("capture", device.run)
    time = Time(Watch([Watched(worker, "camera 0", lambda: device.done)], said.append))
    worker.start()
    until(lambda: device.done > 3)
    time.pass_s(1.0, worker)
    assert said == []

    device.error = DeviceLost("camera 0 gives no more pictures; is it unplugged?")
    for _ in range(20):  # it is tried again and again
        until(lambda: not worker.is_alive)
        time.pass_s(1.0, worker)
    assert said == [f"{device.error} (trying again)"]

    device.error = None
    time.pass_s(6.0, worker)
    mark = device.done
    until(lambda: device.done > mark + 3)
    time.pass_s(3.0, worker)
    assert said[1:] == ["camera 0 works again"]
    worker.ask_to_stop()
    assert worker.join(5.0)


def test_alive_without_progress_is_no_recovery() -> None:
    said: list[str] = []
    device, hangs = Device(), threading.Event()
    device.error = DeviceLost("gone")

    def job(stop: StopEvent) -> None:
        if hangs.is_set():
            stop.wait(30.0)  # as an IP camera's open() does
        device.run(stop)

    worker = Worker("capture", job)
    time = Time(Watch([Watched(worker, "camera", lambda: device.done)], said.append))
    worker.start()
    until(lambda: not worker.is_alive)
    time.pass_s(0.5, worker)
    hangs.set()
    time.pass_s(10.0, worker)
    assert worker.is_alive
    assert said == ["gone (trying again)"]
    worker.ask_to_stop()


def test_a_fault_of_the_program_is_said_with_its_kind_and_its_traceback_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    said: list[str] = []
    device = Device()
    device.error = ZeroDivisionError("by nothing")
    worker = Worker("tracker", device.run, restarts=False)
    watch = Watch([Watched(worker, "the tracker", lambda: 0)], said.append)
    worker.start()
    until(lambda: not worker.is_alive)
    with caplog.at_level(logging.INFO):
        watch.look(1)
    assert said == ["the tracker failed: ZeroDivisionError: by nothing"]
    assert "Traceback" in caplog.text
    assert "raise self.error" in caplog.text


def test_a_device_that_comes_and_goes_is_spoken_of_until_that_is_known() -> None:
    said: list[str] = []
    device = Device()
    worker = Worker("output", device.run)
    time = Time(Watch([Watched(worker, "output record", lambda: device.done)], said.append))
    worker.start()

    def go() -> None:
        device.error = DeviceLost("the disk is full")
        until(lambda: not worker.is_alive)
        time.pass_s(1.0, worker)
        device.error = None

    def come(seconds: float) -> None:
        time.pass_s(5.0, worker)
        mark = device.done
        until(lambda: device.done > mark + 3)
        time.pass_s(seconds, worker)

    for _ in range(4):
        go()
        come(5.0)
    assert said == [
        "the disk is full (trying again)",
        "output record works again",
        "the disk is full (it comes and goes: more when it has worked for 30 s)",
    ]
    come(70.0)
    go()
    come(5.0)
    come(40.0)
    assert said[3:] == [
        "output record works again",
        "the disk is full (trying again)",
        "output record works again",
    ]
    worker.ask_to_stop()
    assert worker.join(20.0)


def test_what_has_ended_does_not_hang_and_waits_for_its_restart() -> None:
    said, asked = list[str](), list[int]()

    def hangs(now_ns: int) -> str:
        asked.append(now_ns)
        return "the tracker has given nothing"

    device = Device()
    device.error = DeviceLost("gone")
    worker = Worker("tracker", device.run)
    watch = Watch([Watched(worker, "the tracker", lambda: 0, hangs=hangs)], said.append)
    worker.start()
    until(lambda: not worker.is_alive)
    watch.look(1)
    watch.look(2)
    assert not asked
    assert said == ["gone (trying again)"]
