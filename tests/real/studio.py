"""An OBS Studio under Xvfb, for the checks that run where nothing but us is reachable."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vtuber.control.obs import Obs
from vtuber.control.obs_address import ObsAddress
from vtuber.core.errors import DeviceLost, VtuberError

SIZE = WIDTH, HEIGHT = 1280, 720
CANVAS = 320, 180  # llvmpipe draws 30 a second only when it is small
SCENE = "S"
ALONE = ("unshare", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
GLOBAL = """[General]
FirstRun=true
LastVersion=486539266
EnableAutoUpdates=false
[Basic]
Profile=vt
ProfileDir=vt
SceneCollection=vt
SceneCollectionFile=vt
ConfigOnNewProfile=false
[BasicWindow]
PreviewEnabled=false
SysTrayEnabled=false
[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort={port}
AlertsEnabled=false
AuthRequired=true
ServerPassword={password}
"""
PROFILE = f"""[General]
Name=vt
[Video]
BaseCX={CANVAS[0]}
BaseCY={CANVAS[1]}
OutputCX={CANVAS[0]}
OutputCY={CANVAS[1]}
FPSCommon=30
"""
SCENES = (
    '{"name": "vt", "current_scene": "S", "current_program_scene": "S", "scene_order": '
    '[{"name": "S"}], "sources": [{"id": "scene", "name": "S", "settings": {"items": []}}]}'
)


def until(is_so: Callable[[], object], what: str, within_s: float = 60.0) -> float:
    """Wait until something is so; give how many seconds that took. Who is late is asked again."""
    begin_s = time.monotonic()
    while True:
        with contextlib.suppress(DeviceLost):
            if is_so():
                return time.monotonic() - begin_s
        assert time.monotonic() - begin_s < within_s, what
        time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextlib.contextmanager
def program(*words: str, **more: Any) -> Iterator[subprocess.Popen]:
    """Run a program and all that it starts; end them by their group."""
    process = subprocess.Popen(words, start_new_session=True, **more)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def screen() -> Iterator[str]:
    ours, theirs = os.pipe()
    command = ("Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp")
    with program(*command, pass_fds=[theirs], stderr=subprocess.DEVNULL):
        os.close(theirs)
        with os.fdopen(ours) as said:
            yield f":{said.readline().strip()}"


@dataclass
class Studio:
    """One OBS with one empty scene: how to start it, and where it answers."""

    home: Path
    address: ObsAddress
    display: str
    process: subprocess.Popen | None = None  # while it runs

    @classmethod
    def fresh(cls, home: Path, display: str) -> Studio:
        """Write the settings of an OBS with one empty scene."""
        address = ObsAddress("127.0.0.1", free_port(), secrets.token_hex(), "the test")
        config = home / ".config" / "obs-studio"
        files = {
            config / "global.ini": GLOBAL.format(port=address.port, password=address.password),
            config / "basic" / "profiles" / "vt" / "basic.ini": PROFILE,
            config / "basic" / "scenes" / "vt.json": SCENES,
        }
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (home / "run").mkdir(mode=0o700)
        return cls(home, address, display)

    @contextlib.contextmanager
    def running(self) -> Iterator[Obs]:
        """Run it, and talk to it."""
        config = self.home / ".config"
        around = {
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(self.home),
            "DISPLAY": self.display, "XDG_CONFIG_HOME": str(config),
            "XDG_RUNTIME_DIR": str(self.home / "run"), "LIBGL_ALWAYS_SOFTWARE": "1",
            "GALLIUM_DRIVER": "llvmpipe", "QT_QPA_PLATFORM": "xcb",
        }  # fmt: skip
        words = ["obs", "--multi", "--minimize-to-tray", "--disable-updater"]
        words += ["--disable-missing-files-check", "--profile", "vt", "--collection", "vt"]
        log = self.home / "obs.log"
        with (
            log.open("wb") as file,
            program(*words, env=around, stdout=file, stderr=file, cwd=self.home) as self.process,
            self._connected(log) as obs,
        ):
            yield obs

    @contextlib.contextmanager
    def _connected(self, log: Path) -> Iterator[Obs]:
        obs = Obs(self.address)

        def connects() -> bool:
            try:
                obs.open()
                obs.ask("GetSceneList")
            except VtuberError:
                obs.close()
                return False
            return True

        with contextlib.closing(obs):
            until(connects, f"OBS did not start; it says why in {log}", 120)
            yield obs


def missing() -> list[str]:
    """List the programs that are not installed."""
    return [name for name in ("obs", "Xvfb", "unshare", "ip") if shutil.which(name) is None]


def run_alone(*checks: Path) -> None:
    """Run files of checks in a network namespace of their own; skip without the right to make one.

    OBS's remote control listens on every address, and OBS asks its maker for news.
    """
    if subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("no right to make a network namespace")
    pytest_itself = [sys.executable, "-m", "pytest", "-q", "-rP", "-p", "no:cacheprovider"]
    options = ["-o", "python_files=check_*.py", "-o", "addopts=--import-mode=importlib"]
    done = subprocess.run(
        [*ALONE, *pytest_itself, *options, *map(str, checks)],
        cwd=checks[0].parents[2], capture_output=True, text=True,
    )  # fmt: skip
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
