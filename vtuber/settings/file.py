"""The settings file in, with flags laid over it; frozen Settings, or every fault, out."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path
from pydantic import ValidationError

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.settings.tables import Checks, RefusedError, Settings, Table

MOST_BYTES = 1_000_000


def default_path() -> Path:
    """Give the settings file that is read when none is named."""
    return user_config_path("vtuber") / "settings.toml"


def profile_path(name: str) -> Path | None:
    """Give the file of a profile; None for one without a name."""
    return user_data_path("vtuber") / "profiles" / f"{name}.json" if name else None


def load(path: Path | None, flags: Mapping[str, Any], checks: Checks | None = None) -> Settings:
    """Read the file (the default one may be missing) and lay the flags over it.

    `flags` and `checks` hold settings by name, those in tables by `camera.device`. Raises UserError
    with every fault.
    """
    file = path or default_path()
    table = _read(file, must_exist=path is not None)
    for name, value in flags.items():
        head, _, tail = name.partition(".")
        if tail:
            inner = table.setdefault(head, {})
            if isinstance(inner, dict):  # else the file has a fault here, which is told below
                inner[tail] = value
        else:
            table[head] = value
    try:
        return Settings.model_validate(table, context=checks)
    except ValidationError as error:
        raise UserError(_told([_fault(e, flags) for e in error.errors()], file)) from error


def _told(faults: list[str], file: Path) -> str:
    """Say the faults of the flags in a line, and those of the file below its name."""
    of_flags = [fault for fault in faults if fault.startswith("flag ")]
    of_file = [fault for fault in faults if fault not in of_flags]
    if len(of_file) > 1:
        of_file = ["\n  ".join([f"{file} has {len(of_file)} faults:", *of_file])]
    elif of_file:
        of_file = [f"{file}: {of_file[0]}"]
    return "; ".join(of_flags + of_file)


def _read(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        if must_exist:
            raise UserError(f"no settings file at {path}; check the path") from None
        return {}
    except OSError as error:
        raise UserError(f"cannot read the settings {path}: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise UserError(f"the settings {path} are larger than {MOST_BYTES:,} bytes")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))  # Notepad may begin it with a mark
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"the settings {path} are not TOML: {error}") from error


_FLAGS = {
    "camera.device": "--camera", "outputs": "--output", "voice.engine": "--voice",
    "voice.speaker": "--speaker", "second.avatar": "--avatar",
}  # fmt: skip


def _fault(error: Any, flags: Mapping[str, Any]) -> str:
    """Say one fault: which setting, what is wrong, and the flag when it came from one."""
    parts = [str(part) for part in error["loc"] if part not in ("literal['auto']", "float")]
    name = ".".join(parts)
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        near = nearest(name, _names())
        what = "no such setting" + (f"; did you mean {near}?" if near else "")
    origin = "flag" if any(flag in (name, parts[0]) for flag in flags) else "setting"
    is_refused = isinstance(error.get("ctx", {}).get("error"), RefusedError)
    is_long = is_refused or isinstance(error["input"], dict)
    given = "" if is_long else f" is {error['input']!r:.60}"
    if origin == "flag":
        name = _FLAGS.get(name, f"--{name}")
    return f"{origin} {name}{given}: {what[0].lower()}{what[1:]}"


def _names() -> list[str]:
    """List every setting: `avatar`, `camera`, `camera.device` ..."""
    inner = [
        f"{name}.{of_table}"
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Table)
        for of_table in field.annotation.model_fields
    ]
    return [*Settings.model_fields, *inner]


class SettingsFile:
    """The settings file of a show, which may change; looking costs one `stat`."""

    def __init__(
        self, path: Path | None, flags: Mapping[str, Any], checks: Checks | None = None
    ) -> None:
        self._path, self._flags, self._checks = path, flags, checks
        self._stamp = self._read_stamp()

    def _read_stamp(self) -> tuple[int, int]:
        """Tell one state of the file from another; (0, 0) for what cannot be read at once."""
        try:
            status = os.stat(self._path or default_path())
        except OSError:
            return (0, 0)
        if not stat.S_ISREG(status.st_mode):  # a pipe would stop the beat
            return (0, 0)
        return status.st_mtime_ns, status.st_size

    def read(self) -> Settings:
        """Give the settings as they are now. Raises UserError with every fault."""
        self._stamp = self._read_stamp()  # before: what is saved meanwhile is a change
        return load(self._path, self._flags, self._checks)

    def changed(self) -> Settings | None:
        """Give the new settings once after each change, else None. Raises UserError when broken."""
        if self._read_stamp() in (self._stamp, (0, 0)):  # an editor may have it away for a moment
            return None
        return self.read()
