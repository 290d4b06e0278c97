"""Looks after the workers of a show: every failure is said once, every recovery, every note."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vtuber.core.errors import VtuberError
from vtuber.runtime.process import ProcessFailed
from vtuber.runtime.worker import Failure, Worker
from vtuber.shows.notes import Note

log = logging.getLogger(__name__)

CALM_S = 30.0  # what fails again within it comes and goes, and has to work for so long


@dataclass(frozen=True, slots=True)
class Watched:
    """A worker, its name for people, and a number that grows while it does its work."""

    worker: Worker
    name: str
    progress: Callable[[], int]
    notes: tuple[Note, ...] = ()  # what it may have to say, each of them once
    hangs: Note | None = None  # says that it hangs: then another thread takes its place


class Watch:
    """Restarts what failed (by `Worker.check`) and speaks of it.

    Alive is not working: an IP camera that is gone takes five seconds to fail again. So a worker
    works again when it has made progress since, and has lasted for a while.
    """

    def __init__(self, watched: Iterable[Watched], say: Callable[[str], None]) -> None:
        self._watched, self._say = tuple(watched), say
        self._failed_at: dict[str, int] = {}  # name: progress when it failed
        self._recovered_ns: dict[str, int] = {}
        self._flapping = set[str]()
        self._given_up = set[str]()  # of whom too many hang
        self._unsaid = [note for each in self._watched for note in each.notes]

    def look(self, now_ns: int) -> None:
        """Look at every worker once, and say what is new."""
        for each in self._watched:
            # one that has ended does not hang: it waits for its restart
            hangs = each.hangs if each.worker.is_alive else None
            if hangs is not None and (sentence := hangs(now_ns)):
                self._replace(each, sentence)
            failure = each.worker.check(now_ns)
            if failure is not None:
                self._say_failure(each, failure, now_ns)
            elif self._works_again(each, now_ns):
                del self._failed_at[each.name]
                self._recovered_ns[each.name] = now_ns
                self._flapping.discard(each.name)
                self._given_up.discard(each.name)
                self._say(f"{each.name} works again")
        self._say_notes(now_ns)

    def _replace(self, each: Watched, sentence: str) -> None:
        is_new = each.name not in self._failed_at
        self._failed_at[each.name] = each.progress()
        if not each.worker.replace():
            if each.name not in self._given_up:
                self._say(f"{sentence}; too many hang by now: start the show again")
            self._given_up.add(each.name)
        elif is_new:
            self._say(f"{sentence} (another one is started)")

    def _say_notes(self, now_ns: int) -> None:
        for note in self._unsaid[:]:
            sentence = note(now_ns)
            if sentence:
                self._unsaid.remove(note)
                self._say(sentence)

    def _works_again(self, each: Watched, now_ns: int) -> bool:
        mark = self._failed_at.get(each.name)
        if mark is None or each.progress() <= mark:
            return False
        after_s = CALM_S if each.name in self._flapping else Worker.RECOVERED_S
        return each.worker.has_recovered(now_ns, after_s)

    def _say_failure(self, each: Watched, failure: Failure, now_ns: int) -> None:
        is_new = each.name not in self._failed_at
        self._failed_at[each.name] = each.progress()
        if not is_new:
            return
        error = failure.error
        if isinstance(error, VtuberError):
            what = str(error)
        else:
            what = f"{each.name} failed: {_shown(error)}"
            log.info("%s failed", each.name, exc_info=error)
        if failure.restarts_in_s is None:
            return self._say(what)
        before_ns = self._recovered_ns.get(each.name)
        if before_ns is None or now_ns - before_ns > CALM_S * 1e9:
            return self._say(f"{what} (trying again)")
        self._flapping.add(each.name)
        self._say(f"{what} (it comes and goes: more when it has worked for {CALM_S:g} s)")


def _shown(error: BaseException) -> str:
    """Give an error in one line; a process's is the last line of its traceback."""
    *_, last = str(error).strip().splitlines() or [""]
    return last if isinstance(error, ProcessFailed) else f"{type(error).__name__}: {last}"
