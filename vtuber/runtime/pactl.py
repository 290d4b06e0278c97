"""Asks PulseAudio, or PipeWire in its place, by its own program: words in, what it says out."""

from __future__ import annotations

from vtuber.core.errors import UserError
from vtuber.runtime.program import Program

LIMIT_S = 3.0


def pactl(*words: str) -> str:
    """Run `pactl` with these words. Raises UserError when it is not there, or has nobody to ask."""
    try:
        program = Program(["pactl", *words])
    except OSError as error:
        raise UserError("no pactl here; Debian and Ubuntu: apt install pulseaudio-utils") from error
    with program:
        ended = program.wait(LIMIT_S)
    if ended is None:
        raise UserError("PulseAudio does not answer")
    if ended.code != 0:
        said = " ".join(ended.err.split())
        hint = "; does PulseAudio or PipeWire run here?" if words[0] == "list" else ""
        raise UserError(f"pactl {words[0]}: {said}{hint}")
    return ended.out
