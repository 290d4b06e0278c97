"""Tries one device or library and says what is there. Runs in a process of its own: `answer`.

A driver that crashes or hangs ends that process and not the doctor; a library that is noisy is
noisy there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

from vtuber.core.errors import UserError

State = Literal["ok", "missing", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: a sentence for people, and which row of mends.py helps."""

    state: State
    found: str
    mend: str = ""  # empty: the row named like the check


def opengl() -> Finding:
    """Open the context that the show would open."""
    from vtuber.render.context import open_context, renderer_name

    context = open_context()
    software = renderer_name(context).lower().startswith(("llvmpipe", "softpipe"))
    return Finding("ok", renderer_name(context) + (" (draws on the CPU)" if software else ""))


def tracking() -> Finding:
    """Load the face tracker's models and look at a grey picture."""
    import importlib.metadata

    from vtuber.runtime.clock import SystemClock
    from vtuber.track.trackers.mediapipe import Options, Tracker

    tracker = Tracker(Options(), SystemClock())
    tracker.open()
    tracker.close()
    version = importlib.metadata.version("mediapipe")
    return Finding("ok", f"mediapipe {version} with its face mesh and iris models")


def cameras() -> Finding:
    """List the cameras that the show could open."""
    from vtuber.capture.camera import cameras as list_cameras

    found = list_cameras()
    listed = ", ".join(str(camera) for camera in found)
    if any(not camera.problem for camera in found):
        return Finding("ok", listed)
    if found:
        return Finding("broken", listed, "camera_shut")
    if shut := [str(p) for p in Path("/dev").glob("video*") if not os.access(p, os.R_OK)]:
        return Finding("broken", f"{', '.join(shut)}: you may not read it", "camera_shut")
    return Finding("missing", "no camera")


def virtual_camera() -> Finding:
    """Ask whether there is a device that other programs see as a camera."""
    from vtuber.output.virtualcam import available, loopbacks

    found = available()
    if found is None and sys.platform != "linux":  # there, only opening it tells
        return Finding("missing", "not known before the first `vtuber run --output virtualcam`")
    if found is None and (taken := ", ".join(loopbacks())):
        why = "another program sends to it, or you may not write to it"
        return Finding("broken", f"{taken}: {why}", "camera_shut")
    return Finding("ok", found) if found else Finding("missing", "no virtual camera")


def audio() -> Finding:
    """List where sound could go to and come from."""
    try:
        import sounddevice
    except ModuleNotFoundError:
        return Finding("missing", "no Python package sounddevice", "sounddevice")
    except OSError as error:  # "PortAudio library not found"
        return Finding("missing", str(error), "portaudio")
    devices = sounddevice.query_devices()
    if not any(device["max_output_channels"] for device in devices):
        return Finding("missing", "no loudspeaker or headphone (PortAudio works)")
    default = sounddevice.query_devices(kind="output")["name"]
    microphones = sum(device["max_input_channels"] > 0 for device in devices)
    return Finding("ok", f"plays on {default}; inputs: {microphones}")


PROBES: dict[str, Callable[[], Finding]] = {
    "opengl": opengl,
    "tracking": tracking,
    "cameras": cameras,
    "virtual_camera": virtual_camera,
    "audio": audio,
}


def answer(name: str) -> None:
    """Write one probe's finding as the last line of standard output, in JSON."""
    try:
        finding = PROBES[name]()
    except UserError as error:
        what, _, _ = str(error).partition("; ")  # the rest is advice, and mends.py has that
        finding = Finding("broken", what)
    sys.stdout.write(f"\n{json.dumps(astuple(finding))}\n")
