"""A line of a command in, the answer of a running show out: the other end of `control/doorway`."""

from __future__ import annotations

from pathlib import Path

from vtuber.control import places
from vtuber.control.asking import Answer
from vtuber.control.doorway import LONGEST_LINE
from vtuber.control.places import Place
from vtuber.core.errors import UserError

ANSWER_S = 5.0  # a beat obeys within 33 ms; one that loads or stands still is waited for


def pick(which: str = "", folder: Path | None = None) -> Place:
    """Find a show by its name or its process number, else the newest. Raises UserError."""
    running = places.shows(folder or places.default_folder())
    if not running:
        raise UserError("no show is running; start one with: vtuber run")
    for place in running:
        if which in ("", place.name, str(place.pid)):
            return place
    there = ", ".join(f"{place.name} ({place.pid})" for place in running)
    raise UserError(f"no show called {which!r} is running; there is: {there}")


def ask(line: str, place: Place, folder: Path | None = None) -> Answer:
    """Ask a show for something and wait for its answer. Raises UserError when none comes."""
    data = line.encode()
    if b"\n" in data or len(data) > LONGEST_LINE:
        raise UserError(f"a command is one line of at most {LONGEST_LINE:,} bytes")
    try:
        with places.connect(folder or places.default_folder(), place) as connection:
            connection.settimeout(ANSWER_S)
            greeting = place.token.encode() + b"\n" if place.token else b""
            connection.sendall(greeting + data + b"\n")
            with connection.makefile("rb") as stream:
                answer = stream.readline(LONGEST_LINE + 16).decode(errors="replace")
    except TimeoutError:
        raise UserError(f"the show {place.name} ({place.pid}) does not answer") from None
    except OSError as error:
        raise UserError(f"the show {place.name} ({place.pid}) cannot be reached: "
                        f"{error.strerror or error}") from error  # fmt: skip
    word, _, said = answer.strip().partition(" ")
    if word not in ("ok", "no"):
        raise UserError(f"the show {place.name} ({place.pid}) ended before it answered")
    return Answer(word == "ok", said)
