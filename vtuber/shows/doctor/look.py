"""Looks at this machine for everything that a show can use: nothing in, `Check`s out.

Each check is bounded in time and never raises. What touches a device runs in a child process
(probes.py), all of them at once.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from vtuber import resources
from vtuber.core.errors import UserError
from vtuber.runtime.program import Program
from vtuber.shows.doctor.mends import mend_for
from vtuber.shows.doctor.probes import PROBES, Finding, State

PROBE_LIMIT_S = 30.0  # mediapipe's first import after an install took 6 s on a busy disk
NEEDED = frozenset(
    {"python", "files", "settings", "opengl", "tracking"}
)  # a show runs with these alone
OBS_WEBSOCKET_PORT = 4455  # its default: OBS, Tools, WebSocket Server Settings


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and the command that mends it."""

    name: str
    state: State
    found: str
    mend: str  # empty when there is nothing to mend
    needed: bool  # no show without it


def examine(limit_s: float = PROBE_LIMIT_S) -> Iterator[Check]:
    """Give every check as soon as it is known; all together take `limit_s` at most, and a little.

    Usually 2 to 4 s, most of them the import of mediapipe.
    """
    with ExitStack() as stack:
        running = {name: stack.enter_context(_start(name)) for name in PROBES}
        deadline_s = time.monotonic() + limit_s
        for name, look in (("python", packages), ("files", files), ("settings", settings)):
            yield _check(name, look())
        for name, probe in running.items():
            yield _check(name, finding_of(probe, deadline_s - time.monotonic(), limit_s))
        for name, look in (("drawing", drawing), ("voice", voice), ("obs", obs)):
            yield _check(name, look())


def can_run(checks: list[Check]) -> bool:
    """Tell whether a show can run: whether all that it needs is there."""
    return all(check.state == "ok" for check in checks if check.needed)


def _check(name: str, finding: Finding) -> Check:
    is_ok = finding.state == "ok"
    mend = "" if is_ok else mend_for(finding.mend or name, sys.platform)
    return Check(name, finding.state, finding.found, mend, name in NEEDED)


def _start(name: str) -> Program:
    # -P and PYTHONPATH: the child finds the vtuber that asks, not one in the working directory.
    home = str(Path(resources.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    code = f"from vtuber.shows.doctor.probes import answer; answer({name!r})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    return Program([sys.executable, "-P", "-c", code], environment)


def finding_of(probe: Program, left_s: float, limit_s: float) -> Finding:
    """Wait for a probe; one that crashes or hangs is a finding too."""
    ended = probe.wait(left_s)
    if ended is None:
        return Finding("broken", f"no answer within {limit_s:g} s")
    if ended.code:
        last = ended.err.strip().rpartition("\n")[2]
        return Finding("broken", last or f"the test ended with code {ended.code}")
    last = ended.out.strip().rpartition("\n")[2]
    try:
        return Finding(*json.loads(last))
    except (ValueError, TypeError):
        return Finding("broken", f"not an answer: {last!r}")


def packages() -> Finding:
    """Compare what is installed with what vtuber says it needs."""
    python = f"Python {sys.version.split()[0]}"
    try:
        wanted = importlib.metadata.requires("vtuber") or []
        version = importlib.metadata.version("vtuber")
    except importlib.metadata.PackageNotFoundError:
        return Finding("missing", f"{python}, but vtuber is not installed in it")
    if _installed("packaging") is None:  # a doctor that cannot compare says so
        return Finding("broken", f"{python}; no packaging")
    faults = [fault for line in wanted if (fault := _fault(line))]
    rivals = [name for name in ("opencv-python", "opencv-python-headless") if _installed(name)]
    if rivals:  # they share the folder cv2/ with mediapipe's opencv, and pip does not notice
        return Finding(
            "broken", f"{python}; {' and '.join(rivals)} overwrote mediapipe's cv2", "cv2"
        )
    if faults:
        return Finding("broken", f"{python}; {', '.join(faults)}")
    return Finding("ok", f"vtuber {version}, {python}, all packages")


def _fault(line: str) -> str:
    """Say what is wrong with one required package, or nothing.

    >>> _fault("no-such-thing>=1.0,<2")
    'no no-such-thing'
    >>> _fault("no-such-thing; extra == 'voice'")
    ''
    """
    from packaging.requirements import Requirement

    wanted = Requirement(line)
    if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
        return ""  # for another platform, or for an extra that nobody asked for
    version = _installed(wanted.name)
    if version is None:
        return f"no {wanted.name}"
    is_right = wanted.specifier.contains(version, prereleases=True)
    return "" if is_right else f"{wanted.name} {version} instead of {wanted.specifier}"


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def files() -> Finding:
    """Look for the shaders and the avatars that ship."""
    names = resources.shipped_names()
    if not names or not any(resources.folder("shaders").glob("*.*")):
        return Finding(
            "missing", f"no shaders or no avatars in {resources.folder('shaders').parent}"
        )
    own = [name for name in resources.avatar_names() if name not in names]
    more = f"; your own: {', '.join(own)}" if own else ""
    return Finding("ok", f"avatars that ship: {', '.join(names)}{more}")


def drawing() -> Finding:
    """Look for what draws new avatars; a show needs none of it."""
    if importlib.util.find_spec("skia") is None:
        return Finding("missing", "skia-python, which draws new avatars", "drawing")
    return Finding("ok", "skia-python: `vtuber avatar new` draws")


def voice() -> Finding:
    """Look for what speaking needs; nothing of it is imported, torch alone takes 1.5 s."""
    wanted = ("TTS", "torch", "torchaudio", "torchcodec", "six", "emoji", "num2words")
    missing = [name for name in wanted if importlib.util.find_spec(name) is None]
    if missing:
        return Finding("missing", f"the bundled voice cannot speak without {', '.join(missing)}")
    return Finding("ok", "coqui-tts: the bundled voice speaks; `vtuber voice list` names others")


def settings() -> Finding:
    """Read the user's settings file, as a show would."""
    from vtuber.settings import load
    from vtuber.settings.file import default_path
    from vtuber.shows.live.assemble import CHECKS

    try:
        load(None, {}, CHECKS)
    except UserError as error:
        return Finding("broken", str(error))
    there = default_path()
    return Finding("ok", str(there) if there.exists() else f"none; they would lie in {there}")


def obs(port: int = OBS_WEBSOCKET_PORT) -> Finding:
    """Look for OBS Studio, and whether it can be talked to."""
    path = shutil.which("obs") or next((p for p in _obs_places() if Path(p).exists()), None)
    if path is None:
        return Finding("missing", "no OBS Studio")
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return Finding("ok", f"{path} (not running, or its WebSocket server is off)")
    return Finding("ok", f"{path} (running; its WebSocket server answers)")


def _obs_places() -> list[str]:
    if sys.platform == "win32":
        import winreg

        try:
            return [winreg.QueryValue(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\OBS Studio")]
        except OSError:
            return [r"C:\Program Files\obs-studio"]
    flatpak = "flatpak/app/com.obsproject.Studio"
    return [
        "/Applications/OBS.app",
        f"/var/lib/{flatpak}",
        str(Path.home() / ".local/share" / flatpak),
        "/snap/bin/obs-studio",
    ]
