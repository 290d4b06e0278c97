"""The sound devices of this machine: their names, and how PortAudio opens each.

PortAudio knows ALSA's devices and so PulseAudio (and PipeWire, which speaks its language) as one.
The sinks and sources behind it are chosen by the environment, PULSE_SINK and PULSE_SOURCE, which
libpulse reads whenever something connects; `pactl` lists them.
"""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest

Way = Literal["out", "in"]
TITLES: dict[Way, str] = {"out": "speakers", "in": "microphones"}
PULSE = "pulse"  # ALSA's name for it; Debian: libasound2-plugins
LIBRARY = "Debian and Ubuntu: apt install libportaudio2 libasound2-plugins"

Pactl = Callable[..., str]  # runs pactl with these words; raises UserError (runtime/pactl.py)

_ENVIRONMENT = {"out": "PULSE_SINK", "in": "PULSE_SOURCE"}
_LISTS = {"out": "sinks", "in": "sources"}


@dataclass(frozen=True, slots=True)
class Device:
    """Something that plays or records."""

    name: str  # what a user calls it
    way: Way
    is_default: bool
    index: int  # PortAudio's
    behind: str = ""  # the sink or source of PulseAudio that it stands for


def sounddevice() -> Any:
    """Import the library. Raises UserError where it, or its PortAudio, is missing."""
    try:
        import sounddevice
    except ImportError as error:
        raise UserError(
            "no sound without sounddevice: pip install 'vtuber[voice]', or --speaker silent"
        ) from error
    except OSError as error:  # a Linux without libportaudio
        raise UserError(f"no sound without PortAudio; {LIBRARY}") from error
    return sounddevice


@contextlib.contextmanager
def in_words(what: str) -> Iterator[None]:
    """Turn an error of PortAudio into a UserError that says what cannot be done."""
    try:
        yield
    except sounddevice().PortAudioError as error:
        raise UserError(f"cannot {what}: {error}; try another device") from error


# Held while devices are looked for, and from finding one until its stream is remembered: meanwhile
# nobody may end PortAudio.
LOCK = threading.RLock()
_open: weakref.WeakSet[Any] = weakref.WeakSet()


def opened(stream: Any) -> Any:
    """Remember a stream of this process."""
    _open.add(stream)
    return stream


def refresh() -> None:
    """Look anew for devices, which PortAudio lists once, unless that would end open streams.

    Raises UserError when PortAudio does not begin again.
    """
    library = sounddevice()
    with LOCK, in_words("look for sound devices"):
        if all(stream.closed for stream in _open):
            with contextlib.suppress(library.PortAudioError):  # it did not begin the last time
                library._terminate()
            library._initialize()


def devices(way: Way, pactl: Pactl) -> tuple[Device, ...]:
    """List what there is, the default first. Raises UserError without PortAudio."""
    library = sounddevice()
    channels = "max_output_channels" if way == "out" else "max_input_channels"
    with LOCK, in_words("look for sound devices"):
        known = list(library.query_devices())
        default = library.default.device[way == "out"]
    found = [
        Device(entry["name"], way, index == default, index)
        for index, entry in enumerate(known)
        if entry[channels] > 0
    ]
    pulse = next((device for device in found if device.name == PULSE), None)
    if pulse is not None:
        found += [Device(name, way, False, pulse.index, name) for name in _behind_pulse(way, pactl)]
    return tuple(sorted(found, key=lambda device: not device.is_default))


def _behind_pulse(way: Way, pactl: Pactl) -> list[str]:
    try:
        rows = pactl("list", "short", _LISTS[way]).splitlines()
    except UserError:
        return []  # they have no names for us, yet the default works
    return [row.split("\t")[1] for row in rows if row.count("\t") >= 1]


def find(way: Way, name: str, pactl: Pactl) -> Device:
    """Find a device by its number, its name or a part of it; "default" is the system's.

    Raises UserError that names what there is.
    """
    known = devices(way, pactl)
    if name == "default":
        # PulseAudio by its own name: what ALSA calls the default may be a card, for one program
        preferred = [d for d in known if d.name == PULSE] or [d for d in known if d.is_default]
        if preferred or known:
            return (preferred or list(known))[0]
    for fits in (
        lambda d: str(d.index) == name and not d.behind,
        lambda d: d.name == name,
        lambda d: name.casefold() in d.name.casefold(),
    ):
        for device in known:
            if fits(device):
                return device
    what = "speaker" if way == "out" else "microphone"
    if not known:
        raise UserError(f"no {what} here; plug one in, or look at `vtuber sounds`")
    names = [device.name for device in known]
    near = nearest(name, names)
    meant = f"did you mean {near}?" if near else f"there is: {', '.join(names)}"
    raise UserError(f"no {what} called {name!r}; {meant}")


@contextlib.contextmanager
def chosen(device: Device) -> Iterator[int]:
    """Give PortAudio's number of a device, which may be opened inside this block only."""
    if not device.behind:
        yield device.index
        return
    name = _ENVIRONMENT[device.way]
    before = os.environ.get(name)
    os.environ[name] = device.behind
    try:
        yield device.index
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
