"""A settings file that changes in, finished settings out: read and checked beside the beat.

Checking settings that first name an output imports its plugin: 52 ms, three beats at 60.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vtuber.core.errors import UserError
from vtuber.core.ports import StopEvent
from vtuber.runtime.mailbox import Mailbox
from vtuber.runtime.worker import Worker
from vtuber.shows.watch import Watched

if TYPE_CHECKING:
    from vtuber.settings import Settings, SettingsFile

LOOK_AFTER_S = 0.25  # between looks at the file


class Reread:
    """One thread that looks at the settings file; of several changes the newest counts."""

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self._read: Mailbox[Settings | UserError] = Mailbox()
        self._reads = 0
        self.watched = Watched(
            Worker("settings", self._run), "reading the settings", lambda: self._reads
        )

    def take(self) -> Settings | None:
        """Give new settings once after each change, else None. Raises UserError when broken."""
        found = self._read.take()
        if isinstance(found, UserError):
            raise found
        return found

    def _run(self, stop: StopEvent) -> None:
        while not stop.wait(LOOK_AFTER_S):
            try:
                found: Settings | UserError | None = self._file.changed()
            except UserError as error:
                found = error
            if found is not None:
                self._read.put(found)
                self._reads += 1
