"""The outputs that can be measured, each with a reader at its far end: a name in, both out."""

from __future__ import annotations

import contextlib
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vtuber import plugins
from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import Clock, Food, HttpHost, SinkContext
from vtuber.core.speech import Sound
from vtuber.runtime.process import Service
from vtuber.shows.bench.browser import Page, browsing, find_chromium
from vtuber.shows.bench.follow import Journal, Sent
from vtuber.shows.bench.marks import Marks
from vtuber.shows.bench.readers import Sightings, read_alpha, read_camera, read_film

FOREVER_S = 3600.0  # a reader reads until the show closes its output
LAST_WORDS_S = 20.0


@dataclass(frozen=True, slots=True)
class End:
    """An output to be measured."""

    plugin: plugins.Plugin
    opened: Callable[[HttpHost], None]  # its reader may come
    sightings: Callable[[], Sightings]  # once the show has ended
    is_there: Callable[[], bool]  # the reader sees something


@dataclass(frozen=True, slots=True)
class Setting:
    """What an end must know of its show."""

    marks: Marks
    fps: float
    journal: Journal
    clock: Clock


def why_not(name: str) -> str:
    """Say in a sentence why an output cannot be measured here; "" when it can."""
    if name not in ENDS:
        raise UserError(f"no reader for an output called {name!r}; choose of: {', '.join(ENDS)}")
    if name == "web" and find_chromium() is None:
        return "web: no Chromium or Chrome is installed, which would be its reader"
    if name == "virtualcam":
        from vtuber.output.virtualcam import advice, available

        if available() is None:
            return f"virtualcam: there is none to send to here; {advice()}"
    return ""


@contextmanager
def opened(name: str, setting: Setting) -> Iterator[End]:
    """Have an end ready; what its reader needs goes away with it."""
    with contextlib.ExitStack() as stack:
        yield ENDS[name](setting, stack)


def _null(setting: Setting, stack: contextlib.ExitStack) -> End:
    """The reader is the output's own thread: the way as far as this program goes."""
    seen: Sightings = []
    plugin = plugins.with_options("output", "null", fps=round(setting.fps))

    def note(picture: Picture) -> None:
        seen.append((setting.clock.now_ns(), setting.marks.number(picture.rgba)))

    timed = _timed(plugin, setting, lambda server: None, note)
    return End(timed, lambda server: None, lambda: seen, lambda: bool(seen))


def _alpha(setting: Setting, stack: contextlib.ExitStack) -> End:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    options = {"port": port, "format": "rawvideo", "fps": round(setting.fps)}
    plugin = plugins.with_options("output", "alpha", **options)
    return _by_process(plugin, setting, stack, read_alpha, port)


def _virtualcam(setting: Setting, stack: contextlib.ExitStack) -> End:
    from vtuber.output.virtualcam import available

    device = available() or ""
    plugin = plugins.with_options("output", "virtualcam", device=device, fps=round(setting.fps))
    return _by_process(plugin, setting, stack, read_camera, device)


def _by_process(
    plugin: plugins.Plugin,
    setting: Setting,
    stack: contextlib.ExitStack,
    read: Callable[..., Any],
    address: object,
) -> End:
    reader: Service[float, Sightings] = Service("reader", read, address, setting.marks)
    begun: list[int] = []

    def begin(server: HttpHost) -> None:
        begun.append(reader.ask(FOREVER_S) or 0)
        reader.worker.start()

    def end() -> None:
        reader.worker.ask_to_stop()
        reader.worker.join(LAST_WORDS_S)

    def sightings() -> Sightings:
        reply = reader.take(LAST_WORDS_S)
        return [] if reply is None or reply.result is None else reply.result

    stack.callback(end)
    return End(_timed(plugin, setting, begin), begin, sightings, lambda: bool(begun))


def _web(setting: Setting, stack: contextlib.ExitStack) -> End:
    page = Page(setting.marks, setting.clock)
    chromium = find_chromium()
    assert chromium is not None, "why_not was asked before"

    def begin(server: HttpHost) -> None:
        stack.enter_context(browsing(chromium, page.open(server)))

    plugin = plugins.with_options("output", "web", fps=round(setting.fps))
    return End(_timed(plugin, setting, begin), begin, page.sightings, lambda: page.is_there)


def _record(setting: Setting, stack: contextlib.ExitStack) -> End:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    path = Path(folder) / "film.mp4"
    plugin = plugins.with_options("output", "record", path=str(path), fps=round(setting.fps))

    def sightings() -> Sightings:
        sent = setting.journal.sent.get("record", [])
        return read_film(str(path), setting.marks, [one.ended_ns for one in sent])

    timed = _timed(plugin, setting, lambda server: None)
    return End(timed, lambda server: None, sightings, lambda: True)


ENDS: dict[str, Callable[[Setting, contextlib.ExitStack], End]] = {
    "null": _null,
    "alpha": _alpha,
    "web": _web,
    "virtualcam": _virtualcam,
    "record": _record,
}


def _timed(
    plugin: plugins.Plugin,
    setting: Setting,
    begin: Callable[[HttpHost], None],
    note: Callable[[Picture], None] = lambda picture: None,
) -> plugins.Plugin:
    """Wrap an output so that it notes when it sends; nothing else of it changes."""
    kind: Any = plugin.kind
    journal, clock = setting.journal, setting.clock
    sent = journal.sent.setdefault(plugin.name, [])

    class Timed:
        eats: frozenset[Food] = kind.eats
        runs_on: Literal["thread", "main"] = kind.runs_on
        delivery: Literal["newest", "paced"] = kind.delivery

        def __init__(self, options: object, context: SinkContext) -> None:
            self._inner, self._context = kind(options, context), context

        def open(self) -> None:
            self._inner.open()
            assert self._context.http is not None
            begin(self._context.http("127.0.0.1", 0))

        def send(self, picture: Picture) -> None:
            begun_ns = clock.now_ns()
            self._inner.send(picture)
            sent.append(
                Sent(
                    picture.captured_ns,
                    picture.sequence,
                    picture.rastered_ns,
                    picture.drawn_ns,
                    begun_ns,
                    clock.now_ns(),
                )
            )
            note(picture)

        def hear(self, sound: Sound) -> None:
            self._inner.hear(sound)

        def close(self) -> None:
            self._inner.close()

    return plugins.Plugin(plugin.name, Timed, plugin.options)
