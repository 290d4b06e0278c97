"""The outputs of a live show: which ones, opened before the first beat, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from vtuber import plugins
from vtuber.core.command import Command
from vtuber.core.errors import UserError, VtuberError
from vtuber.core.nearest import none_such
from vtuber.core.picture import Picture
from vtuber.core.ports import Clock, Food, HttpHost, Sink, SinkContext
from vtuber.core.speech import Sound
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.feed import Feed
from vtuber.runtime.http import HttpServers
from vtuber.runtime.meter import Meter
from vtuber.runtime.outbox import Outbox, State
from vtuber.shows.notes import Note, TakesNothing, lost_by
from vtuber.shows.watch import Watched

SERVED: frozenset[Food] = frozenset({"picture", "sound"})
# Together. A recorder may have two seconds of 4096x4096 pictures to encode yet; what shows pictures
# live has nothing to finish.
CLOSE_PACED_S, CLOSE_NEWEST_S = 30.0, 2.0
SILENT_S = 2.0  # then it is said that a film is being finished
# Nobody has come to a feed for so long: where nobody reads it, and where others do.
ALONE_S, STEADY_S = 0.5, 10.0

# Of the outputs by default, those that a show does without when they cannot be had: nobody asked
# for the webcam, which may be busy, or for the port for OBS, which another show may have.
OPTIONAL = frozenset({"alpha", "virtualcam"})


def default_outputs() -> tuple[str, ...]:
    """Give what a show sends to when nobody says: the web page, OBS, a virtual camera if any."""
    from vtuber.output.virtualcam import available

    return ("web", "alpha", "virtualcam") if available() else ("web", "alpha")


def parse_outputs(
    texts: tuple[str, ...] | None, record: str | None, record_fps: float
) -> list[plugins.Plugin]:
    """Read outputs and `--record` before anything opens. Raises UserError with every fault."""
    asked = [
        partial(plugins.parse, "output", text)
        for text in (default_outputs() if texts is None else texts)
    ]
    if record is not None:
        film = {"path": record, "fps": round(record_fps)}
        asked.append(partial(plugins.with_options, "output", "record", **film))
    found, faults = [], []
    for read in asked:
        try:
            found.append(_tried(read()))
        except UserError as error:
            faults.append(str(error))
    if faults:
        raise UserError("; ".join(faults))
    return found


def _tried(plugin: plugins.Plugin) -> plugins.Plugin:
    """Make a sink and drop it again: its constructor opens nothing, and knows what cannot be."""
    _check(plugin.kind, plugin.name)
    fps: int = plugin.options.fps
    if not 1 <= fps <= 240:
        raise UserError(f"output {plugin.name}: fps={fps}; give 1 to 240")
    servers = HttpServers()  # none starts
    context = SinkContext(
        (64, 64), float(fps), ManualClock(), lambda sentence: None, servers.get, Feed
    )
    try:
        plugin.make(context)
    except UserError as error:
        raise UserError(f"output {plugin.name}: {error}") from error
    return plugin


class Sinks:
    """All outputs of one show."""

    def __init__(
        self,
        chosen: list[plugins.Plugin],
        size_px: tuple[int, int],
        clock: Clock,
        meter: Meter,
        announce: Callable[[str], None],
        optional: frozenset[str] = frozenset(),  # names whose sinks may be missing
        has_sound: bool = False,
    ) -> None:
        self._servers = HttpServers()
        self._announce, self._optional = announce, optional
        self._clock = clock
        self._feeds: dict[str, Feed] = {}  # by address
        self._act_on: Callable[[Command], object] | None = None
        self._press_on: Callable[[str], object] | None = None
        self._outboxes: list[Outbox] = []
        self._is_paced: dict[str, bool] = {}
        self._is_closed = False
        self.failed: list[str] = []  # those that keep pictures and have not kept all to the end
        taken: set[str] = set()
        for plugin in chosen:
            name = _free(plugin.name, taken)
            fps = float(plugin.options.fps)
            context = SinkContext(
                size_px,
                fps,
                clock,
                announce,
                self._servers.get,
                self._feed,
                self._act,
                self._press,
                has_sound,
            )
            sink = plugin.make(context)
            closed = self._servers.stop_idle
            self._outboxes.append(Outbox(name, sink, fps, meter, clock, closed))
            self._is_paced[name] = sink.delivery == "paced"

    def server(self, host: str = "127.0.0.1") -> HttpHost:
        """Give the show's own server, on the host's default port, for what is no output."""
        return self._servers.get(host, 0)

    def _feed(self, host: str, port: int, greeting: bytes, most_readers: int) -> Feed:
        feed = Feed(host, port, greeting, most_readers)
        self._feeds[feed.url] = feed
        return feed

    def is_missed(self, address: str) -> bool:
        """Tell whether pictures are sent to an address where somebody does not come for them.

        False for a while after each coming and going: who has just connected has yet to show it.
        """
        feed = self._feeds.get(address)
        return feed is not None and feed.steady_s() > (STEADY_S if feed.readers else ALONE_S)

    def listen(self, act: Callable[[Command], object], press: Callable[[str], object]) -> None:
        """Take commands and keys from outputs that can be touched: a window."""
        self._act_on, self._press_on = act, press

    def _act(self, command: Command) -> None:
        if self._act_on is not None:
            self._act_on(command)

    def _press(self, key: str) -> None:
        if self._press_on is not None:
            self._press_on(key)

    @property
    def watched(self) -> tuple[Watched, ...]:
        return tuple(
            Watched(o.worker, f"output {o.name}", partial(_frames, o), self._notes(o))
            for o in self._outboxes
        )

    def _notes(self, outbox: Outbox) -> tuple[Note, ...]:
        if not self._is_paced[outbox.name]:  # what shows pictures live may skip some
            return (
                TakesNothing(
                    f"output {outbox.name}", partial(_waiting, outbox), partial(_frames, outbox)
                ),
            )
        return (lost_by(f"output {outbox.name}", partial(_dropped, outbox)),)

    def open(self) -> None:
        """Open every sink. Raises UserError for one that cannot; `close` closes those that did.

        Files first: an address that is printed is one that will answer.
        """
        for outbox in sorted(self._outboxes, key=lambda o: not self._is_paced[o.name]):
            try:
                outbox.open()
            except UserError as error:
                if outbox.name not in self._optional:
                    raise
                outbox.is_on = False  # a hand may switch it on when it can be had
                self._announce(f"without {outbox.name}: {error}")

    def switch(self, name: str, on: bool | None) -> str:
        """Switch an output on or off, or over; say which. Waits for nothing.

        One that is off has let go of its port or device, and its film is whole. Raises UserError
        for a name that is not there, and for one that is still closing.
        """
        found = next((outbox for outbox in self._outboxes if outbox.name == name), None)
        if found is None:
            names = [outbox.name for outbox in self._outboxes]
            raise UserError(none_such("the show", "output", name, names))
        on = not found.is_on if on is None else on
        if on:
            found.switch_on()
        elif found.is_on:
            found.switch_off(self._clock.now_ns())
        return f"output {name} is switched {'on' if on else 'off'}"

    def states(self) -> dict[str, tuple[State, str]]:
        """Say of each output how it is, and why it is down or was never up."""
        told = ((o.name, o.state, o.worker.last_error) for o in self._outboxes)
        return {
            name: (state, _reason(why) if why and state in ("down", "off") else "")
            for name, state, why in told
        }

    def offer(self, picture: Picture, beat_ns: int) -> None:
        for outbox in self._outboxes:
            outbox.offer(picture, beat_ns)

    def hear(self, sounds: Iterable[Sound]) -> None:
        """Give those that eat sound what was heard before the next picture."""
        for sound in sounds:
            for outbox in self._outboxes:
                outbox.hear(sound)

    def close(self, last: Picture | None, end_ns: int) -> None:
        """Let every sink finish what it has; then stop the servers. May be called twice."""
        if self._is_closed:
            return
        self._is_closed = True
        are_down = {o.name for o in self._outboxes if o.is_down}
        for outbox in self._outboxes:
            if outbox.is_on:  # the film of one that is off ended when it was switched off
                outbox.finish(last, end_ns)
        begin_ns = self._clock.now_ns()
        for outbox in sorted(self._outboxes, key=lambda o: self._is_paced[o.name]):
            has_ended = self._wait_for(outbox, begin_ns)
            is_late = not has_ended and self._is_paced[outbox.name]
            if outbox.worker.error is not None:  # at the very end, when nobody watches any more
                self._announce(f"output {outbox.name} failed at the end: {outbox.worker.error}")
            elif is_late:
                self._announce(f"output {outbox.name} did not finish in time")
            elif outbox.name in are_down:
                self._announce(f"output {outbox.name} had stopped before the end")
            else:
                continue
            if self._is_paced[outbox.name]:
                self.failed.append(outbox.name)
        self._servers.stop()

    def _wait_for(self, outbox: Outbox, begin_ns: int) -> bool:
        """Wait for the end of a sink, and say so when that takes long; False when it has none."""

        def join_until(limit_s: float) -> bool:
            spent_s = (self._clock.now_ns() - begin_ns) / 1e9
            return outbox.worker.join(max(0.0, limit_s - spent_s))

        if not self._is_paced[outbox.name]:
            return join_until(CLOSE_NEWEST_S)
        if join_until(SILENT_S):
            return True
        left = f"{outbox.waiting} pictures to go, " if outbox.waiting > 1 else ""
        self._announce(f"finishing output {outbox.name}: {left}at most {CLOSE_PACED_S:g} s")
        return join_until(CLOSE_PACED_S)

    def report(self) -> dict[str, dict[str, float]]:
        """Say of each what it got, what it did not, and how late a picture reached it."""
        return {
            o.name: {"frames": o.frames, "dropped": o.dropped, "delay_ms": round(o.delay_ms, 1)}
            for o in self._outboxes
            if o.is_on or o.frames  # not one that the show went on without
        }


def _check(kind: type[Sink], name: str) -> None:
    """Refuse a sink that asks for what no show has: it would wait for ever."""
    if "picture" not in kind.eats or not kind.eats <= SERVED:
        foods = ", ".join(sorted(kind.eats)) or "nothing"
        raise UserError(
            f"output {name} eats {foods}; a show serves pictures, and sound beside them"
        )
    if kind.runs_on != "thread":
        raise UserError(f"output {name} runs on {kind.runs_on}; a show has a thread for each only")


def _reason(error: BaseException) -> str:
    told = str(error) if isinstance(error, VtuberError) else f"{type(error).__name__}: {error}"
    return " ".join(told.split())[:200]


def _frames(outbox: Outbox) -> int:
    return outbox.frames


def _waiting(outbox: Outbox) -> int:
    return outbox.waiting if outbox.worker.is_alive else 0


def _dropped(outbox: Outbox) -> int:
    return outbox.outrun


def _free(name: str, taken: set[str]) -> str:
    """Give a second web sink the name web2."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    taken.add(free)
    return free
