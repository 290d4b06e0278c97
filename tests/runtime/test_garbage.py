"""The collector rests while a show runs, works in the gaps between beats, and is given back."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from vtuber.runtime.clock import ManualClock
from vtuber.runtime.garbage import EVERY_S, Garbage

FAR_NS = 10**15


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    gc.collect()
    yield
    gc.enable()


def test_it_rests_within_and_works_again_after() -> None:
    with Garbage(ManualClock()):
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_program_that_has_it_off_finds_it_off() -> None:
    gc.disable()
    with Garbage(ManualClock()):
        pass
    assert not gc.isenabled()


def test_what_is_new_is_collected_when_it_is_due_and_there_is_time() -> None:
    clock = ManualClock()
    with Garbage(clock) as garbage:
        knot = weakref.ref(Knot())
        garbage.collect(FAR_NS)
        assert knot() is not None  # not due yet
        clock.advance(EVERY_S + 0.1)
        garbage.collect(clock.now_ns() + 1_000_000)
        assert knot() is not None  # the next beat is too near
        garbage.collect(FAR_NS)
        assert knot() is None


def test_a_show_without_any_rest_is_collected_all_the_same() -> None:
    clock = ManualClock()
    with Garbage(clock) as garbage:
        knot = weakref.ref(Knot())
        clock.advance(20 * EVERY_S + 0.1)
        garbage.collect(clock.now_ns())
        assert knot() is None


def test_what_is_there_when_all_is_imported_is_left_alone_once() -> None:
    with Garbage(ManualClock()) as garbage:
        before = gc.get_freeze_count()
        kept = [[] for _ in range(5000)]
        garbage.settle()
        settled = gc.get_freeze_count()
        assert settled >= before + len(kept)
        more = [[] for _ in range(5000)]
        garbage.settle()
        assert gc.get_freeze_count() < settled + len(more)
