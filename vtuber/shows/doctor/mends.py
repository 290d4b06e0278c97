"""What to type when something is missing: a table, by trouble and by platform. Values only."""

from __future__ import annotations

import sys

from vtuber.output import virtualcam

_PYTHON = f'"{sys.executable}"' if " " in sys.executable else sys.executable
_PIP = f"{_PYTHON} -m pip install"
_REINSTALL = f"in vtuber's folder: {_PIP} --force-reinstall --no-deps ."

_ANY = ""  # every platform that is not named beside it
_MENDS: dict[str, dict[str, str]] = {
    "python": {_ANY: f"in vtuber's folder: {_PIP} ."},
    "files": {_ANY: _REINSTALL},
    "settings": {_ANY: "change what is named in that file, or move it away"},
    "opengl": {
        "linux": "sudo apt install libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri",
        "win32": "install the driver from the maker of your graphics card (OpenGL 3.3 or newer)",
        "darwin": "start vtuber from a terminal of the desktop, not over ssh",
    },
    "tracking": {
        "linux": f"{_PIP} mediapipe==0.10.21 && sudo apt install libgl1 libglib2.0-0",
        "win32": f"{_PIP} mediapipe==0.10.21, and Microsoft's Visual C++ Redistributable (x64)",
        _ANY: f"{_PIP} mediapipe==0.10.21",
    },
    "cameras": {
        "linux": "plug one in; it shows up in: ls /dev/video*",
        "win32": "plug one in; Settings, Privacy & security, Camera: let desktop apps use it",
        "darwin": "System Settings, Privacy & Security, Camera: allow your terminal",
    },
    "camera_shut": {_ANY: 'sudo usermod -aG video "$USER", then log in again'},
    "virtual_camera": {p: virtualcam.advice(p) for p in ("linux", "win32", "darwin")},
    "audio": {_ANY: "plug in a loudspeaker or a headphone"},
    "sounddevice": {_ANY: f"{_PIP} sounddevice"},
    "portaudio": {
        "linux": "sudo apt install libportaudio2",
        _ANY: f"{_PIP} --force-reinstall --no-deps sounddevice",
    },
    "drawing": {
        "linux": f'{_PIP} "skia-python==144.1" && sudo apt install libegl1 libgl1',
        _ANY: f'{_PIP} "skia-python==144.1"',
    },
    "voice": {_ANY: f'{_PIP} "vtuber[voice]"'},
    "obs": {
        "linux": "sudo apt install obs-studio",
        "win32": "winget install OBSProject.OBSStudio",
        "darwin": "brew install --cask obs",
    },
    # Several packages write the folder cv2/: taking one away leaves it empty, so it is put back.
    "cv2": {
        _ANY: f"{_PYTHON} -m pip uninstall -y opencv-python opencv-python-headless && "
        f"{_PIP} --force-reinstall --no-deps opencv-contrib-python==4.11.0.86"
    },
}


def mend_for(trouble: str, platform: str) -> str:
    """Give the command that mends a trouble on a platform (as `sys.platform` names it).

    >>> mend_for("obs", "win32")
    'winget install OBSProject.OBSStudio'
    """
    table = _MENDS[trouble]
    return table.get(platform) or table.get(_ANY) or table["linux"]
