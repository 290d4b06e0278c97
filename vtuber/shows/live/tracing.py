"""A path in; what a meter tells its spans to, out: `vtuber run --trace FILE`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from vtuber.core.ports import Clock
from vtuber.runtime.meter import Note
from vtuber.runtime.trace import Trace
from vtuber.shows.files import cannot_write, file_of, open_part, part_of


@contextlib.contextmanager
def traced(path: Path, clock: Clock, say: Callable[[str], None]) -> Iterator[Note]:
    """Trace a show into a file that gets its name at the end, also when the show fails.

    Raises UserError for a file that cannot be written; one that breaks off is said at the end.
    """
    from vtuber import __version__

    path = file_of(path.expanduser())
    file = open_part(path)
    trace = Trace(file, clock.now_ns(), {"version": __version__})
    try:
        with trace:
            yield trace.note
    finally:
        error = trace.error
        with contextlib.suppress(OSError):  # a full disk fails again; it is said below
            file.close()
        try:
            if error is None:
                os.replace(part_of(path), path)
        except OSError as failed:
            error = failed
        if isinstance(error, OSError):
            part_of(path).unlink(missing_ok=True)
            say(f"no trace: {cannot_write(path, error)}")
        elif error is not None:
            raise error
        else:
            lost = f", {trace.lost} spans were left out" if trace.lost else ""
            say(f"trace: {path}{lost}; open it at https://ui.perfetto.dev")
