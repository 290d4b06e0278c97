"""Changes of the stage in, in the order in which they were asked for; what takes long beside the
beat, the rest in steps that each fit into one.

What is asked in one lane is carried out one after the other: who is told to change clothes after
they were told to become somebody else does so as the other. Lanes do not wait for each other.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.runtime.promise import CancelledError, Future
from vtuber.runtime.worker import Worker
from vtuber.shows.watch import Watched

MOST_WAITING = 64  # in a lane

Now = Callable[[], int]  # gives the time of the beat, in ns


class Change(Protocol):
    """Something that is done to the stage."""

    @property
    def is_long(self) -> bool:
        """Tell whether it has to be prepared; what has not takes no step."""
        ...

    @property
    def replaces(self) -> bool:
        """Tell whether one of its kind that waits right before it, not yet begun, is left out."""
        ...

    def prepare(self) -> None:
        """Do what takes long, beside the beat. Raises UserError when nothing comes of it."""
        ...

    def carry_out(self, now_ns: Now) -> Iterator[None]:
        """Do it in steps, one a beat. Raises UserError."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    change: Change
    ready: Future[None]
    steps: Iterator[None]


class Changes:
    """One thread that prepares one change after the other; the beat carries them out."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._lanes: defaultdict[Hashable, deque[_Waiting]] = defaultdict(deque)
        self._asked: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._now_ns = 0  # of this beat, for the step that it takes
        self._prepared = 0
        self.watched = Watched(
            Worker("changes", self._run), "loading avatars and items", lambda: self._prepared
        )

    def waiting(self, lane: Hashable) -> tuple[Change, ...]:
        """Give what is asked in a lane and not carried out."""
        return tuple(each.change for each in self._lanes[lane])

    @property
    def is_under_way(self) -> bool:
        """Tell whether anything is asked and not carried out."""
        return any(self._lanes.values())

    def ask(self, lane: Hashable, change: Change, now_ns: int) -> None:
        """Carry out a change now, or when it is ready and all before it in its lane are over.

        Raises UserError when it cannot be done now, or when too many wait.
        """
        lined_up, self._now_ns = self._lanes[lane], now_ns
        one = _Waiting(change, Future(), change.carry_out(lambda: self._now_ns))
        if not change.is_long and not lined_up:
            for _ in one.steps:
                pass
            return
        last = lined_up[-1] if change.replaces and lined_up else None
        if last is not None and type(last.change) is type(change) and last.ready.cancel():
            lined_up.pop()
        if len(lined_up) >= MOST_WAITING:
            raise UserError("too much at once; wait a moment")
        lined_up.append(one)
        if change.is_long:
            self._asked.put(one)
        else:
            one.ready.set_result(None)

    def go_on(self, now_ns: int) -> None:
        """Take one step with what needs some, and do all that needs none and has its turn."""
        self._now_ns, may_step = now_ns, True
        for lined_up in self._lanes.values():
            while lined_up and (first := lined_up[0]).ready.done():
                if first.change.is_long:
                    if not may_step:
                        break
                    may_step = False
                if not self._is_over(first):
                    break
                lined_up.popleft()

    def _is_over(self, one: _Waiting) -> bool:
        try:
            one.ready.result()
            return next(one.steps, self) is self
        except UserError as error:
            self._say(str(error))
        except CancelledError:  # it broke the thread, which the show says
            pass
        return True

    def close(self) -> None:
        """Let the thread end, which has been asked to."""
        self._asked.put(None)

    def _run(self, stop: StopEvent) -> None:
        while (one := self._asked.get()) is not None and not stop.is_set():
            if one.ready.set_running_or_notify_cancel():
                _prepare(one)
            self._prepared += 1


def _prepare(one: _Waiting) -> None:
    try:
        one.change.prepare()
        one.ready.set_result(None)
    except UserError as error:
        one.ready.set_exception(error)
    finally:
        if not one.ready.done():  # whatever broke, what waits behind it goes on
            one.ready.set_exception(CancelledError())
