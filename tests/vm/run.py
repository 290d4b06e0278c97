"""Boots user-mode Linux with a real V4L2 webcam and virtual cameras and runs this folder's checks.

    VTUBER_VM=FOLDER python tests/vm/run.py [what to pass to pytest: -k unplug, a file ...]

FOLDER holds `umlvm.py`, whose `run --loopback OPTIONS --results FOLDER -- COMMAND` boots a kernel
that has vivid (a webcam with colour bars, which can be unplugged) and v4l2loopback, runs COMMAND on
the files of this machine and ends with its exit code; and `feed_webcam.py`, which shows pictures on
a device. Pictures and films that the checks made are left in build/vm.
"""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "build" / "vm"
# Two webcams of one model, which the checks feed; a virtual camera as users are told to set it up,
# and one as many have it.
LOOPBACK = (
    "devices=4 video_nr=20,21,22,23 exclusive_caps=1,1,0,1 max_buffers=8 "
    "card_label=webcam,vtuber,plain,webcam"
)


def tools() -> Path:
    """Find the machine's tools, or say what is missing."""
    given = os.environ.get("VTUBER_VM")
    if not given:
        sys.exit(
            "make test-vm: set VTUBER_VM to the folder that holds umlvm.py (see tests/vm/run.py)"
        )
    folder = Path(given).resolve()
    for name in ("umlvm.py", "feed_webcam.py"):
        if not (folder / name).is_file():
            sys.exit(f"make test-vm: VTUBER_VM is {folder}, which has no {name}")
    return folder


def main() -> int:
    folder = tools()
    data = os.environ.get("VTUBER_TEST_DATA", REPOSITORY / "../shared/data")
    names = {"VTUBER_VM": folder, "VTUBER_TEST_DATA": Path(data).resolve()}
    checks = sys.argv[1:]
    if not any(".py" in word for word in checks):  # -k and the like choose among all
        checks.append(str(Path(__file__).parent))
    RESULTS.mkdir(parents=True, exist_ok=True)
    machine = [sys.executable, str(folder / "umlvm.py"), "run", "--timeout", "900"]
    machine += ["--loopback", LOOPBACK, "--results", str(RESULTS), "--"]
    inside = ["env", *(f"{name}={value}" for name, value in names.items())]
    inside += [
        sys.executable,
        "-m",
        "pytest",
        "-o",
        "python_files=check_*.py",
        "-p",
        "no:cacheprovider",
    ]
    inside += [
        "-o",
        "addopts=",
        "--import-mode=importlib",
        "-v",
        "--tb=short",
        "--durations=5",
        "-rs",
    ]
    return subprocess.run([*machine, *inside, *checks], cwd=REPOSITORY).returncode


if __name__ == "__main__":
    sys.exit(main())
