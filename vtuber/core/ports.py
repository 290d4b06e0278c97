"""The contracts between rooms. A plugin is one file whose class fits one of these.

Each plugin module holds: a docstring that names its settings, `Options` (a frozen dataclass whose
fields and defaults are those settings), and the class named in its room's table of `plugins.py`,
made as `Class(options, context)`. The constructor checks and keeps; `open()` imports heavy
libraries and touches devices; `close()` may be called twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from jaxtyping import Float32

from vtuber.core.command import CalibrationName, Command
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.item import ItemPicture
from vtuber.core.picture import Picture
from vtuber.core.pose import Pose
from vtuber.core.scene import Scene, WarpField
from vtuber.core.speech import Line, Sound, Utterance, Viseme

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar


class Clock(Protocol):
    """Time, handed in. Live: `runtime.clock.SystemClock`; tests and films: `ManualClock`."""

    def now_ns(self) -> int:
        """Give the time of `time.perf_counter_ns`, or of the hand that moves this clock."""
        ...

    def sleep_until(self, deadline_ns: int) -> None:
        """Return at the deadline, or at once when it has passed."""
        ...


class StopEvent(Protocol):
    """What asks a job to end: `threading.Event` and `multiprocessing.Event` both fit."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class Source(Protocol):
    """Gives frames: a camera, a clip, a still, the test card."""

    name: str  # for people: "camera 0", "lp_d9.mp4"
    is_live: bool  # True: a device that sets the pace; False: a file that may be read at any pace

    def open(self) -> None:
        """Open it. Raises UserError when it is not there or cannot be read."""
        ...

    def read(self) -> Frame:
        """Block for the next frame. Raises SourceEnded after the last, DeviceLost on unplugging."""
        ...

    def close(self) -> None: ...


class FaceSource(Protocol):
    """Finds the performer in a frame."""

    def open(self) -> None: ...

    def find(self, frame: Frame) -> Face:
        """Measure the performer's face; `found` says whether there is one. Pixels never raise."""
        ...

    def calibrate(self, what: CalibrationName) -> None:
        """Take the next face as neutral, or its eyes as open or shut; any thread may ask."""
        ...

    def close(self) -> None: ...


class Warper(Protocol):
    """Moves the vertices of one avatar."""

    def warp(self, pose: Pose, sway: Float32[np.ndarray, "n 2"] | None = None) -> WarpField:
        """Pose it; `sway` is what physics says of the joints of its strands (`Actor.sway`)."""
        ...


class Renderer(Protocol):
    """Draws scenes. Lives in the thread that opened it."""

    @property
    def losses(self) -> int:
        """Count how often the graphics card lost what was on it; it was put there again."""
        ...

    def prepare(self, avatar: Avatar) -> Any:
        """Do what loading needs beside the beat; called in any thread."""
        ...

    def load_by_steps(self, key: str, prepared: Any) -> Iterator[None]:
        """Take what `prepare` made under a new key, in steps that each fit into a beat."""
        ...

    def unload(self, key: str) -> None: ...

    def prepare_item(self, picture: ItemPicture) -> Any:
        """Do what an item's picture needs beside the beat; called in any thread."""
        ...

    def load_item_by_steps(self, key: str, prepared: Any) -> Iterator[None]:
        """Take what `prepare_item` made under a new key, in steps that each fit into a beat."""
        ...

    def unload_item(self, key: str) -> None: ...

    def draw(self, scene: Scene, fields: tuple[WarpField, ...]) -> Picture:
        """Draw the scene; `fields[i]` belongs to `scene.actors[i]`."""
        ...

    def close(self) -> None: ...


def _no_lips(samples: Float32[np.ndarray, " n"]) -> tuple[Viseme, ...]:
    """Leave the mouth shut."""
    return ()


@dataclass(frozen=True, slots=True)
class VoiceContext:
    """What an engine is handed. It travels into the voice's process: functions of modules only."""

    # reads the mouth off 48 kHz samples, for what has no phonemes
    lips: Callable[[Float32[np.ndarray, " n"]], tuple[Viseme, ...]] = _no_lips


class Voice(Protocol):
    """Speaks lines: one engine. Lives in the voice's own process.

    One whose sound is ready, whatever the text, says so: its class has `plays_ready = True`.
    """

    name: str  # for people: "bundled", "coqui:tts_models/en/ljspeech/vits"

    def open(self) -> None:
        """Load it. Raises UserError when it cannot speak here, with the command that mends it."""
        ...

    def speak(self, line: Line) -> Iterator[Utterance]:
        """Speak a line piece by piece, each as soon as it is made; the last one says so.

        Raises UserError for a text that it cannot speak. Whoever stops taking pieces, stops it.
        """
        ...

    def close(self) -> None: ...


class Speaker(Protocol):
    """Plays samples, one after the other, and says when each is heard. Any thread may call it.

    Its samples are counted from 0, the first one ever put; while nothing is queued, nothing counts.
    """

    name: str  # for people: "default", "silent"

    def open(self) -> None:
        """Open the device. Raises UserError when there is none."""
        ...

    def put(self, samples: Float32[np.ndarray, " n"]) -> int:
        """Queue samples behind what is queued, without waiting; give the count of the first."""
        ...

    def heard(self, now_ns: int) -> float:
        """Give the count of the sample that is heard at a time, now or up to 0.1 s ahead.

        It never goes back. What is ahead is known, as the device has it already.
        """
        ...

    def played(self, now_ns: int) -> tuple[Sound, ...]:
        """Give what was heard since the last call, for sinks; one caller, in the order of time."""
        ...

    def silence(self, fade_s: float = 0.02, keep: int = 0) -> int:
        """Fade out and drop what is queued; give the count at which it ends.

        What comes before the count `keep` is heard as it is.
        What the device holds already is still heard. What is put next is counted from that end on.
        """
        ...

    def keep(self, stop: StopEvent) -> None:
        """Work for a Worker: open the device again once it was lost. Raises DeviceLost then.

        Meanwhile all goes on, unheard, at the pace of the clock.
        """
        ...

    def close(self) -> None: ...


class WebSocket(Protocol):
    """One connected client. Its methods are awaited in the server's own loop."""

    query: Mapping[str, str]

    async def send(self, message: bytes | str) -> bool:
        """Send one message; False when the client has gone."""
        ...

    async def receive(self, timeout_s: float | None = None) -> bytes | str | None:
        """Wait for one message; None when the client has gone or said nothing for that long."""
        ...


class HttpStream(Protocol):
    """An answer that goes on. Its method is awaited in the server's own loop."""

    async def send(self, data: bytes) -> bool:
        """Send some more; False when the client has gone."""
        ...


class HttpHost(Protocol):
    """The one HTTP server of a show, as sinks and controls see it. It checks Host and Origin."""

    @property
    def url(self) -> str:
        """Give its address: `http://127.0.0.1:9301/`."""
        ...

    def add_page(self, path: str, content_type: str, body: Callable[[], bytes]) -> None:
        """Answer GET `path`; `body` is called in the server's loop. UserError when it is taken."""
        ...

    def add_websocket(
        self, path: str, serve: Callable[[WebSocket], Awaitable[None]], max_clients: int
    ) -> None:
        """Await `serve` for each client of `path`; more than `max_clients` get a 503."""
        ...

    def add_stream(
        self,
        path: str,
        content_type: str,
        serve: Callable[[HttpStream], Awaitable[None]],
        max_clients: int,
    ) -> None:
        """Await `serve` for each client that gets `path`; more than `max_clients` get a 503."""
        ...

    def guard(self, path: str, admits: Callable[[Mapping[str, str]], bool]) -> None:
        """Give 403 to everybody who asks for `path` with a query that `admits` refuses."""
        ...

    def remove(self, path: str) -> None:
        """Forget a path and say goodbye to its clients."""
        ...

    def call_soon(self, callback: Callable[..., object], *arguments: object) -> None:
        """Run a callback in the server's loop; nothing happens when the server has stopped."""
        ...


class Feed(Protocol):
    """A TCP port on which everybody who connects gets the newest message, whole, again and again.

    Whoever offers never waits; one that does not read gets nothing new and costs nothing.
    """

    @property
    def url(self) -> str:
        """Give its address: `tcp://127.0.0.1:9300`."""
        ...

    def admit(self) -> bool:
        """Let in who has come, forget who has gone; tell whether anybody has time for a message."""
        ...

    def offer(self, *message: bytes | memoryview) -> None:
        """Give a message, in parts that are not copied, to all who have time for it."""
        ...

    def close(self) -> None: ...


def _nobody(_: object) -> None:
    """Take what nobody listens to."""


@dataclass(frozen=True, slots=True)
class SinkContext:
    """What a show tells each of its sinks before it opens."""

    size_px: tuple[int, int]  # width, height of every picture
    fps: float  # pictures per second that this sink will be offered
    clock: Clock
    announce: Callable[[str], None]  # one line for the user: an address, a device
    http: Callable[[str, int], HttpHost] | None = None  # (host, port or 0): a started server
    # (host, port, what each reader gets first, readers at most): a port that is open
    feed: Callable[[str, int, bytes, int], Feed] | None = None
    # What somebody does to a picture that can be touched; neither blocks, and any thread may.
    act: Callable[[Command], object] = _nobody
    press: Callable[[str], object] = _nobody  # a key, by the name that it has in `[keys]`
    has_sound: bool = False  # whether there will be sound: a film then gets a track for it


Food = Literal["picture", "sound", "pose", "face"]


class Sink(Protocol):
    """Takes what a show makes somewhere, and says as class attributes what it needs for that.

    `eats`: what it is given; each food comes by a method of its own: pictures by `send`, sound by
    `hear` (a sink that eats it is a `Listener`, too). `runs_on`: a thread of its own, which makes
    all its calls, or the main thread, which some desktops ask for.
    What the show cannot serve yet, `shows/live/sinks.py` refuses before anything opens.

    `newest` sinks lose what they are too slow for. `paced` ones (a recorder) get exactly `fps`
    pictures a second: a late beat repeats the last.
    """

    eats: frozenset[Food]
    runs_on: Literal["thread", "main"]
    delivery: Literal["newest", "paced"]

    def open(self) -> None:
        """Open it. Raises UserError when it cannot work, with the commands that mend it."""
        ...

    def send(self, picture: Picture) -> None:
        """Deliver one picture. Raises DeviceLost when the other end has gone for good."""
        ...

    def close(self) -> None:
        """Finish what was begun (a file gets its final name).

        Closed a second time, what broke off is over: `open` then begins anew, and does not go on.
        """
        ...


class Listener(Protocol):
    """What a sink that eats sound has besides."""

    def hear(self, sound: Sound) -> None:
        """Take what is heard, in the order of time, in the sink's own thread; gaps are quiet."""
        ...
