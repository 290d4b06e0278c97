"""OBS and our settings brought together: what OBS should show, and a follower for a show."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vtuber import plugins
from vtuber.control.obs_address import ObsAddress, find_address
from vtuber.control.obs_follow import ObsWishes, SceneFollower
from vtuber.control.obs_scene import BROWSER, MEDIA, WEBCAM, ObsSource
from vtuber.core.colour import parse_colour
from vtuber.core.command import Command
from vtuber.runtime.listen import DEFAULT_PORT
from vtuber.runtime.worker import Worker
from vtuber.shows.live.sinks import default_outputs
from vtuber.shows.watch import Watched

if TYPE_CHECKING:
    from vtuber.settings import Settings

SCENE = "vtuber"
KNOCK_S = 0.5


@dataclass(frozen=True, slots=True)
class Studio:
    """What `vtuber obs` works with."""

    address: ObsAddress
    sources: tuple[ObsSource, ...]
    fps: float  # of the pictures that the Media Source gets
    start: str = "vtuber run"  # the command that sends them

    @property
    def is_sending(self) -> bool:
        """Tell whether a show sends what the Media Source shows."""
        return any(is_open(s.address) for s in self.sources if s.kind == MEDIA)


def studio(
    settings_path: Path | None, host: str = "", port: int = 0, password: str | None = None
) -> Studio:
    """Read the settings and give what OBS should have. Raises UserError for wrong settings."""
    from vtuber.settings import load

    settings = load(settings_path, {})
    address = find_address(host or settings.obs.host, port or settings.obs.port, password)
    options = options_of("alpha", settings)
    start = ["vtuber run"]
    if settings_path is not None:
        start.append(f"--settings {settings_path}")
    if not feeds_of(settings):
        start.append("--output alpha")
    return Studio(address, sources_for(settings), float(options.fps), " ".join(start))


def sources_for(
    settings: Settings, cameras: tuple[str, ...] | None = None
) -> tuple[ObsSource, ...]:
    """Give the sources that show us; of them only the Media Source is visible at first.

    `cameras`: the virtual cameras of this machine, looked for unless given.
    """
    from vtuber.output.virtualcam import loopbacks

    width, height = settings.size
    webcam = options_of("virtualcam", settings)
    there = loopbacks() if cameras is None else cameras
    device = webcam.device or next(iter(there), "")
    sources = [
        ObsSource("vtuber avatar", MEDIA, _media(settings), {"clear_on_media_end": True}),
        ObsSource(
            "vtuber page",
            BROWSER,
            {"url": _page(settings), "width": width, "height": height},
            {"shutdown": True},  # costs nothing as long as it is hidden
            is_shown=False,
        ),
    ]
    if device.startswith("/dev/"):
        key = parse_colour(webcam.background)
        needed = {"device_id": device}
        sources.append(ObsSource("vtuber webcam", WEBCAM, needed, is_shown=False, key_colour=key))
    return tuple(sources)


def options_of(name: str, settings: Settings) -> Any:
    """Give the options of the first output of this name, or what they are by default."""
    alike = (plugin.options for plugin in _outputs(settings) if plugin.name == name)
    return next(alike, None) or plugins.parse("output", name).options


def feeds_of(settings: Settings) -> frozenset[str]:
    """Give the addresses of all `alpha` outputs of a show."""
    return frozenset(_feed(one.options) for one in _outputs(settings) if one.name == "alpha")


def _outputs(settings: Settings) -> list[plugins.Plugin]:
    texts = default_outputs() if settings.outputs is None else settings.outputs
    return [plugins.parse("output", text) for text in texts]


def _feed(options: Any) -> str:
    return f"tcp://127.0.0.1:{options.port}"


def _media(settings: Settings) -> Mapping[str, Any]:
    """Give a Media Source's settings: measured with OBS 29, see docs/obs.md."""
    options, (width, height) = options_of("alpha", settings), settings.size
    bare = f"video_size={width}x{height} pixel_format=rgba framerate={options.fps} fflags=nobuffer"
    is_bare = options.format == "rawvideo"
    return {
        "is_local_file": False,
        "input": _feed(options),
        "input_format": "rawvideo" if is_bare else "",
        "ffmpeg_options": bare if is_bare else "",
        "linear_alpha": True,
        # OBS 29 that connects anew with every change of scenes shows nothing for 0.3 s, and one
        # time in four for longer
        "restart_on_activate": False,
        "buffering_mb": 0,
        "reconnect_delay_sec": 1,
        "hw_decode": False,
    }


def _page(settings: Settings) -> str:
    return f"http://127.0.0.1:{options_of('web', settings).port or DEFAULT_PORT}/"


def is_open(address: str) -> bool:
    """Tell whether somebody listens at `tcp://HOST:PORT`; they see a reader that leaves at once."""
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), KNOCK_S).close()
    except OSError:
        return False
    return True


class ObsLink:
    """What a show has to do with OBS: a thread that follows its scenes, and its counts."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        emit: Callable[[Command], object],
        say: Callable[[str], None],
        is_missed: Callable[[str], bool],
    ) -> None:
        """`is_missed` is `Sinks.is_missed`."""
        self._settings = settings
        self._read: tuple[Settings, ObsWishes | None] | None = None
        self._follower = SceneFollower(self._wishes, emit, say, is_missed)
        worker = Worker("OBS", self._follower.run)
        self.watched = Watched(worker, "following OBS", lambda: self._follower.changes)

    def _wishes(self) -> ObsWishes | None:
        """Give what the settings of this moment ask for; called in the thread that follows.

        Until OBS is there, each try looks anew where it is: it may yet write down its password.
        """
        settings = self._settings()
        read = self._read
        if read is None or read[0] is not settings or not self._follower.is_connected:
            read = self._read = settings, wishes_of(settings)
        return read[1]

    def report(self) -> dict[str, object]:
        """Say for the summary what came of it; {} when nobody asked for OBS."""
        if self._read is None or self._read[1] is None:
            return {}
        follower = self._follower
        return {
            "connected": follower.is_connected,
            "scenes": follower.changes,
            "commands": follower.commands,
            "woken": follower.woken,
        }


def wishes_of(settings: Settings) -> ObsWishes | None:
    """Give what a show wants of OBS; None when its settings do not ask for it."""
    obs = settings.obs
    if not (obs.on or obs.scenes):
        return None
    return ObsWishes(find_address(obs.host, obs.port), obs.scenes, feeds_of(settings))
