"""Every fault of a script, with its place, in the order of the text. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vtuber.script.statements import Place

NO_MATCH = "Holds a sign that no script can have there"  # for pydantic's, which shows a pattern
MAX_FAULTS = 100  # a file that is wrong all over is not worth more lines


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what it is, and what was meant."""

    at: Place
    what: str

    def __str__(self) -> str:
        """Write it as compilers do, so that editors jump to it: `file:line:column: what`."""
        return f"{self.at.file or 'script'}:{self.at.line}:{self.at.column}: {self.what}"


def said_of_record(wrong: Mapping[str, Any]) -> str:
    """Say in words what pydantic found of a record."""
    return NO_MATCH if wrong["type"] == "string_pattern_mismatch" else str(wrong["msg"])


@dataclass(slots=True)
class Faults:
    """Collects faults."""

    found: list[Fault] = field(default_factory=list)

    def add(self, at: Place, what: str) -> None:
        self.found.append(Fault(at, what))

    def sorted(self) -> list[Fault]:
        """Give the first hundred, file by file in the order in which they were met."""
        files = list(dict.fromkeys(fault.at.file for fault in self.found))
        places = sorted(
            dict.fromkeys(self.found),
            key=lambda f: (files.index(f.at.file), f.at.line, f.at.column),
        )
        return places[:MAX_FAULTS]
