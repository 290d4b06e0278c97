"""A show that ended by a fault of the program in; a text that its user may give away, out."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from vtuber.core.errors import VtuberError
from vtuber.runtime.meter import Meter
from vtuber.runtime.veil import veiled, veiled_table

if TYPE_CHECKING:
    from vtuber.settings import Settings

LIBRARIES = (
    "numpy", "moderngl", "glcontext", "mediapipe", "opencv-python", "av", "aiohttp", "pydantic",
    "pillow", "simplejpeg", "safetensors", "glfw", "pyvirtualcam", "sounddevice", "coqui-tts",
    "torch",
)  # fmt: skip
NEWEST_S = 5.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a show knows of itself."""

    settings: Settings
    renderer: str
    meter: Meter


@contextlib.contextmanager
def reported(
    folder: Path, evidence: Callable[[], Evidence | None], say: Callable[[str], None]
) -> Iterator[None]:
    """Write a crash report into a folder when the block raises a fault of the program, and say so.

    What the user did, or the machine (a full disk), is none. The error goes on.
    """
    with contextlib.ExitStack() as stack:
        stack.push(lambda kind, error, trace: _write(folder, error, evidence(), say))
        yield


def _write(
    folder: Path,
    error: BaseException | None,
    evidence: Evidence | None,
    say: Callable[[str], None],
) -> bool:
    if not is_fault(error):
        return False
    assert error is not None
    path = folder / f"crash-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report(error, evidence), encoding="utf-8")
    except OSError as failed:
        say(f"no crash report: cannot write {path}: {failed.strerror or failed}")
        return False
    say(
        f"a fault of the program ended the show. A report is in {path}: passwords and tokens are "
        "left out of it, so you may attach it to an issue"
    )
    return False


def is_fault(error: BaseException | None) -> bool:
    """Tell whether the program is to blame: not the user, nor a file that cannot be used."""
    if isinstance(error, VtuberError | BrokenPipeError):
        return False
    return isinstance(error, Exception) and getattr(error, "filename", None) is None


def report(error: BaseException, evidence: Evidence | None) -> str:
    """Lay out versions, settings, the traceback and the newest meters."""
    parts = ["vtuber crash report", versions(evidence.renderer if evidence is not None else "")]
    parts.append(veiled("".join(traceback.format_exception(error))))
    if evidence is not None:
        table = veiled_table(evidence.settings.model_dump(mode="json", exclude_defaults=True))
        parts.append(f"settings that differ from the default\n{json.dumps(table, indent=2)}")
        parts.append(meters(evidence.meter))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def versions(renderer: str = "") -> str:
    """List program, Python, system, renderer and libraries, one a line."""
    from vtuber import __version__

    lines = [
        f"vtuber {__version__}",
        f"python {platform.python_version()} ({sys.implementation.name})",
        f"system {platform.platform()}",
    ]
    if renderer:
        lines.append(f"renderer {renderer}")
    for name in LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            lines.append(f"{name} {version(name)}")
    return "\n".join(lines)


def meters(meter: Meter) -> str:
    """Lay out the last 5 s second by second, for each stage: how often, median and worst in ms."""
    seconds: dict[tuple[int, str], list[float]] = defaultdict(list)
    for before_s, stage, ms in meter.newest(NEWEST_S):
        seconds[min(int(before_s), int(NEWEST_S) - 1), stage].append(ms)
    lines = [f"the last {NEWEST_S:g} s: count, median and worst ms"]
    for (before_s, stage), all_ms in sorted(seconds.items(), key=lambda one: (-one[0][0], one[0])):
        count, middle, worst = len(all_ms), median(all_ms), max(all_ms)
        lines.append(f"-{before_s + 1} s  {stage:24}{count:5}{middle:10.2f}{worst:10.2f}")
    return "\n".join(lines)
