"""Where OBS listens and what its password is: a user's words, the environment, OBS's own file."""

from __future__ import annotations

import configparser
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

VARIABLE = "VTUBER_OBS_PASSWORD"
PORT = 4455  # OBS's own choice
HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class ObsAddress:
    """One OBS. Its text names everything but the password."""

    host: str
    port: int
    password: str = field(default="", repr=False)
    origin: str = ""  # of the password
    is_off: bool = False  # its own file says that it does not listen

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Give its address for a web socket."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"ws://{host}:{self.port}"


def find_address(
    host: str = "",
    port: int = 0,
    password: str | None = None,
    environ: Mapping[str, str] = os.environ,
    folders: tuple[Path, ...] | None = None,
) -> ObsAddress:
    """Put together what is given and what is found; "", 0 and None are left to be found.

    OBS's own file is read only for an OBS on this machine, and counts last.
    """
    host = host or "127.0.0.1"
    found = _own_file(config_folders(environ) if folders is None else folders)
    if host not in HERE or (port and found is not None and found.port != port):
        found = None  # that file is of another OBS
    known = found or ObsAddress(host, port or PORT)
    secret, origin = known.password, known.origin
    if password is not None:
        secret, origin = password, "--password"
    elif VARIABLE in environ:
        secret, origin = environ[VARIABLE], VARIABLE
    return ObsAddress(host, port or known.port, secret, origin, known.is_off)


def config_folders(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> tuple[Path, ...]:
    """List where OBS may keep its settings on this system."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "win32":
        return (Path(environ.get("APPDATA", home / "AppData" / "Roaming")) / "obs-studio",)
    if platform == "darwin":
        return (home / "Library" / "Application Support" / "obs-studio",)
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    flatpak = home / ".var" / "app" / "com.obsproject.Studio" / "config"
    return config / "obs-studio", flatpak / "obs-studio"


def _own_file(folders: tuple[Path, ...]) -> ObsAddress | None:
    """Read OBS's own settings; what is not there, or not whole, says nothing."""
    for folder in folders:
        for name, read in _FILES.items():
            path = folder / name
            try:
                found = read(path.read_text(encoding="utf-8-sig"), str(path))
            except (OSError, ValueError, configparser.Error):
                continue  # OBS itself will say what it wants
            if found is not None:
                return found
    return None


def _read_json(text: str, origin: str) -> ObsAddress | None:
    table = json.loads(text)
    if not isinstance(table, dict) or "server_port" not in table:
        return None
    password = str(table.get("server_password", "")) if table.get("auth_required") else ""
    is_off = not table.get("server_enabled", True)
    return ObsAddress("127.0.0.1", _port(table["server_port"]), password, origin, is_off)


def _port(value: object) -> int:
    if not isinstance(value, int) or not 0 < value < 2**16:
        raise ValueError(f"{value!r} is no port")
    return value


def _read_ini(text: str, origin: str) -> ObsAddress | None:
    file = configparser.ConfigParser(interpolation=None, strict=False)
    file.read_string(text)
    if not file.has_section("OBSWebSocket"):
        return None
    table = file["OBSWebSocket"]
    password = table.get("ServerPassword", "") if table.getboolean("AuthRequired", True) else ""
    is_off = not table.getboolean("ServerEnabled", True)
    return ObsAddress(
        "127.0.0.1", _port(table.getint("ServerPort", PORT)), password, origin, is_off
    )


# OBS 31 and newer, and OBS 28 to 30.
_FILES: dict[str, Callable[[str, str], ObsAddress | None]] = {
    "plugin_config/obs-websocket/config.json": _read_json,
    "global.ini": _read_ini,
}
