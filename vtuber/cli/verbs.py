"""What verbs with verbs of their own share (`vtuber warp train`); the bar of what takes long."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

BAR = 30  # characters


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done."""

    do: Callable[[argparse.Namespace], None]
    help: str


def added(verbs: Any, table: Mapping[str, Verb]) -> dict[str, argparse.ArgumentParser]:
    """Add a table of verbs to what `add_subparsers` gave; give the parser of each."""
    return {
        name: verbs.add_parser(name, help=verb.help, description=verb.help)
        for name, verb in table.items()
    }


def bar(done: float, count: float) -> str:
    """Draw how much is done.

    >>> bar(1, 3)
    '[##########....................]'
    """
    filled = round(BAR * done / count) if count else 0
    return f"[{'#' * filled}{'.' * (BAR - filled)}]"
