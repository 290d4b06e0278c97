"""A virtual microphone on Linux: what the character says, as an input of OBS, a call, a game.

Made of two modules of PulseAudio (PipeWire has them, too): a sink that nobody hears, and a source
that gives what goes there. Both are removed at the end; those of a show that was killed, when the
next one begins. On Windows and macOS a cable has to be installed once: VB-Cable, BlackHole.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

from vtuber.core.errors import UserError
from vtuber.core.ports import Clock
from vtuber.sound import speaker
from vtuber.sound.devices import Pactl

SINK, SOURCE, LABEL = "vtuber", "vtuber_mic", "vtuber"
CABLES = {
    "win32": "install VB-Cable once, then: --speaker 'CABLE Input'",
    "darwin": "install BlackHole once, then: --speaker 'BlackHole 2ch'",
}


class Speaker(speaker.Speaker):
    """Plays into a microphone that other programs can open."""

    def __init__(self, clock: Clock, pactl: Pactl, av_offset_s: float = 0.0) -> None:
        super().__init__(SINK, clock, pactl, av_offset_s)
        self._modules: list[str] = []

    def open(self) -> None:
        """Make the microphone, unless it is there, and open it. Raises UserError off Linux."""
        if sys.platform in CABLES:
            raise UserError(f"no virtual microphone of our own here: {CABLES[sys.platform]}")
        _remove_orphans(self._pactl)
        if SINK not in self._pactl("list", "short", "sinks").split():
            self._modules = [_load_sink(self._pactl), _load_source(self._pactl)]
        super().open()

    def close(self) -> None:
        """Close the device and take the microphone away, if it is ours."""
        super().close()
        while self._modules:
            _unload(self._pactl, self._modules.pop())


def _load_sink(pactl: Pactl) -> str:
    properties = f"device.description={LABEL} vtuber.pid={os.getpid()}"
    return pactl(
        "load-module",
        "module-null-sink",
        f"sink_name={SINK}",
        "rate=48000",
        f"sink_properties='{properties}'",
    ).strip()


def _load_source(pactl: Pactl) -> str:
    return pactl(
        "load-module",
        "module-remap-source",
        f"master={SINK}.monitor",
        f"source_name={SOURCE}",
        f"source_properties='device.description={LABEL}'",
    ).strip()


def _unload(pactl: Pactl, module: str) -> None:
    with contextlib.suppress(UserError):  # it went with its server
        pactl("unload-module", module)


def _remove_orphans(pactl: Pactl) -> None:
    """Take away what a show that was killed left behind."""
    rows = [row for row in pactl("list", "short", "modules").splitlines() if SINK in row]
    owners = [re.search(r"vtuber\.pid=(\d+)", row) for row in rows]
    if any(owner and not Path(f"/proc/{owner[1]}").exists() for owner in owners):
        for row in reversed(rows):
            if f"={SINK}" in row:
                _unload(pactl, row.split()[0])
