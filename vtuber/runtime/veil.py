"""A text in, the same without secrets out: for what a user may give away (a log, a crash report).

Values only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HIDDEN = "***"
_SECRET = r"pass(?:word|wd|phrase)?|pwd|token|secret|api_?key|auth|key"
_NAMES = re.compile(r"(?i)(?:^|_)(?:" + _SECRET + r")$")
# user:password@ of an address; token=..., "password": "..."
_LOGIN = re.compile(r"(?<=://)[^/\s@'\"]+@")
_GIVEN = re.compile(
    r"(?i)(?<![a-z])((?:\w*[_-])?(?:" + _SECRET + r")['\"]?\s*[=:]\s*['\"]?)([^\s,;&'\"#]+)"
)


def veiled(text: str) -> str:
    """Hide passwords, tokens and the user's name in the path of their home.

    >>> veiled("rtsp://me:pw@10.0.0.4/cam?token=abc&size=2 password: 'hunter2'")
    "rtsp://***@10.0.0.4/cam?token=***&size=2 password: '***'"
    """
    text = _GIVEN.sub(rf"\1{HIDDEN}", _LOGIN.sub(f"{HIDDEN}@", text))
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def veiled_table(table: Any, name: str = "") -> Any:
    """Hide the same in a tree of settings, by their names and in their texts.

    >>> veiled_table({"obs": {"password": "pw", "host": "http://a:b@c/"}, "fps": 30})
    {'obs': {'password': '***', 'host': 'http://***@c/'}, 'fps': 30}
    """
    if isinstance(table, Mapping):
        return {key: veiled_table(value, str(key)) for key, value in table.items()}
    if _NAMES.search(name) and table not in ("", None):
        return HIDDEN
    if isinstance(table, list | tuple):
        return [veiled_table(each) for each in table]
    return veiled(table) if isinstance(table, str) else table
