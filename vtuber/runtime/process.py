"""Works off tasks in a spawned process: tasks in, all that was made of each, in order, out.

For what must not share our interpreter: importing torch in a thread freezes a 60 Hz beat for 220 to
460 ms. What crosses the pipe is pickled: ours, from this program, never from outside.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, Literal, TypeVar

from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.runtime.priority import hurried, queue_up
from vtuber.runtime.worker import Worker

POLL_S = 0.05  # between looks at whether the process is to stop
STOP_S = 2.0  # then it is killed
NICE_AT_START = 10  # of 19: two seconds of importing torch stay out of the way of a beat
MOST_REPLIES = 64  # that nobody took; then the process waits in its next one

Task = TypeVar("Task")
Result = TypeVar("Result")


class ProcessFailed(Exception):
    """A spawned process ended by an error; its traceback is the text."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[Result]):
    """One result of a task, or its end. Each task has one end, and nothing after it."""

    ticket: int  # what `ask` gave for the task
    result: Result | None = None
    end: Literal["", "done", "failed", "interrupted", "lost"] = ""  # lost: its process died
    trouble: str = ""  # the traceback of a task that failed


class Service(Generic[Task, Result]):
    """A process that answers tasks, one after the other. Any thread may ask, none ever waits.

    `make(*arguments)` runs once in the process and imports what is heavy; it gives what turns one
    task into results, which are sent as they are made. A task that raises, or makes what cannot be
    pickled, is answered so, and the process goes on. When the process dies its task is lost, the
    `worker` keeps the error (a UserError of `make` as it was, else ProcessFailed with its
    traceback), and the tasks that wait are for the process that `worker.check` starts next.
    """

    def __init__(
        self,
        name: str,
        make: Callable[..., Callable[[Task], Iterator[Result]]],
        *arguments: Any,
        room: int = 16,
        is_urgent: bool = False,
    ) -> None:
        """Take a module-level function and what it is called with; `room`: tasks that may wait.

        Where the system lets it, an urgent one goes before others until a task's first result.
        """
        self.worker = Worker(name, self._run)
        self.answered = 0  # results and ends that came, for whoever watches
        self._name, self._make, self._arguments, self._room = name, make, arguments, room
        self._is_urgent = is_urgent
        self._changed = threading.Condition()
        self._tickets = 0
        self._waiting: deque[tuple[int, Task]] = deque()
        self._replies: deque[Reply[Result]] = deque()
        self._is_ready = False  # one that cannot begin loses nothing
        self._current: int | None = None  # the ticket that the process has
        self._is_dropped = False  # the current one was interrupted; nobody wants more of it
        self._says_stop = False  # and the process is to be told
        self._bell, self._bell_rope = multiprocessing.Pipe(duplex=False)
        self._has_rung = False

    def ask(self, task: Task) -> int | None:
        """Add a task and give its ticket; None when too many wait."""
        with self._changed:
            if len(self._waiting) >= self._room:
                return None
            self._tickets += 1
            self._waiting.append((self._tickets, task))
            self._ring()
            return self._tickets

    def take(self, timeout_s: float = 0.0) -> Reply[Result] | None:
        """Take the next reply; None when none came within the timeout."""
        with self._changed:
            self._changed.wait_for(lambda: self._replies, timeout_s)
            if not self._replies:
                return None
            if len(self._replies) == MOST_REPLIES:
                self._ring()  # there is room again
            return self._replies.popleft()

    def interrupt(self) -> None:
        """Drop all tasks, and results that nobody took; their ends say so. Later tasks are safe.

        The process ends its task at its next result; nothing of that is heard any more.
        """
        with self._changed:
            self._replies = deque(reply for reply in self._replies if reply.end)
            if self._current is not None and not self._is_dropped:
                self._is_dropped = self._says_stop = True
                self._add(Reply(self._current, end="interrupted"))
            for ticket, _ in self._waiting:
                self._add(Reply(ticket, end="interrupted"))
            self._waiting.clear()
            self._ring()

    def _ring(self) -> None:
        if not self._has_rung:
            self._has_rung = True
            self._bell_rope.send_bytes(b"!")

    def _add(self, reply: Reply[Result]) -> None:
        self._replies.append(reply)
        self.answered += 1
        self._changed.notify_all()

    def _run(self, stop: StopEvent) -> None:
        """Spawn a process and watch over it: the job of the worker's thread."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve,
            args=(theirs, self._make, self._arguments, self._is_urgent),
            name=self._name,
            daemon=True,
        )
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        try:
            self._attend(ours, process, stop)
        finally:
            ours.close()  # which ends it, unless it is within a result
            process.join(STOP_S)
            if process.is_alive():
                process.kill()
                process.join()
            self._lose_current()
        if not stop.is_set():
            raise ProcessFailed(f"{self._name} ended with exit code {process.exitcode}")

    def _attend(self, pipe: Connection, process: BaseProcess, stop: StopEvent) -> None:
        """Feed and hear the process until it ends. Raises what it died of, if it could say."""
        while not stop.is_set():
            with contextlib.suppress(ConnectionError):  # it died; its last words are to be heard
                self._feed(pipe)
            ears = [pipe] if len(self._replies) < MOST_REPLIES else []
            ready = wait([process.sentinel, self._bell, *ears], POLL_S)
            if self._bell in ready:
                with self._changed:
                    self._bell.recv_bytes()
                    self._has_rung = False
            has_ended = process.sentinel in ready
            try:
                if pipe in ready:
                    self._hear(*pipe.recv())
                while has_ended and pipe.poll():
                    self._hear(*pipe.recv())
            except (EOFError, ConnectionError):
                return
            if has_ended:
                return

    def _feed(self, pipe: Connection) -> None:
        with self._changed:
            says_stop, self._says_stop = self._says_stop, False
            is_free = self._is_ready and self._current is None
            task = self._waiting.popleft() if is_free and self._waiting else None
            if task is not None:
                self._current, self._is_dropped = task[0], False
        if says_stop:
            pipe.send(None)
        if task is not None:
            pipe.send(task)

    def _hear(self, kind: str, ticket: int, content: Any) -> None:
        if kind == "broken":
            raise content if isinstance(content, UserError) else ProcessFailed(content)
        with self._changed:
            if kind == "ready":
                self._is_ready = True
                return
            if not self._is_dropped:
                self._add(
                    Reply(ticket, content)
                    if kind == "result"
                    else Reply(ticket, end=kind, trouble=content)  # type: ignore[arg-type]
                )
            if kind != "result":
                self._current, self._is_dropped, self._says_stop = None, False, False

    def _lose_current(self) -> None:
        with self._changed:
            if self._current is not None and not self._is_dropped:
                self._add(Reply(self._current, end="lost"))
            self._is_ready = False
            self._current, self._is_dropped, self._says_stop = None, False, False


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let what is spawned meanwhile hear no Ctrl-C: that is for the show, which then ends it.

    A process keeps the mask that it was born with. Ignoring the signal when it has begun is late:
    Ctrl-C in its first second, while it imports, printed a traceback into the terminal.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # which hears interrupts again once it was started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    pipe: Connection, make: Callable[..., Any], arguments: tuple[Any, ...], is_urgent: bool
) -> None:
    """Answer tasks until the pipe is closed: what the process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows has no masks
    queue_up()
    threading.Thread(target=_die_with_the_show, daemon=True).start()
    try:
        answer = _made(make, arguments)
        pipe.send(("ready", 0, ""))
        while True:
            message = pipe.recv()
            if message is not None:  # a word to stop that came too late
                with contextlib.ExitStack() as hurry:
                    if is_urgent:
                        hurry.enter_context(hurried())
                    pipe.send(_work_off(pipe, answer, hurry, *message))
    except (EOFError, BrokenPipeError):  # the show has closed the pipe
        return
    except UserError as error:
        pipe.send(("broken", 0, UserError(str(error))))
    except BaseException:
        pipe.send(("broken", 0, traceback.format_exc()))


def _made(make: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Begin in a thread that gives way to the show; tasks are worked off at full priority.

    Linux alone has priorities of threads. Elsewhere it begins as it is.
    """
    if sys.platform != "linux":
        return make(*arguments)
    made: list[Any] = []
    raised: list[BaseException] = []

    def begin() -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE_AT_START)
        try:
            made.append(make(*arguments))
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
    return made[0]


def _work_off(
    pipe: Connection,
    answer: Callable[[Any], Iterator[Any]],
    hurry: contextlib.ExitStack,
    ticket: int,
    task: Any,
) -> tuple[str, int, str]:
    """Send the results of one task; give its end. `hurry` is over with the first."""
    results: Iterator[Any] | None = None
    while True:
        try:
            results = results or iter(answer(task))
            result = next(results)
            data = ForkingPickler.dumps(("result", ticket, result))  # may fail, too
        except StopIteration:
            return "done", ticket, ""
        except Exception:
            return "failed", ticket, traceback.format_exc()
        if pipe.poll():
            pipe.recv()  # the word to stop
            return "interrupted", ticket, ""
        pipe.send_bytes(data)  # as `send` does, in two steps
        hurry.close()


def _die_with_the_show() -> None:
    """End this process when the show was killed, also in the middle of a result."""
    show = multiprocessing.parent_process()
    assert show is not None
    show.join()
    os._exit(1)
