"""Settings in; the conduct rules that lines pass, and what a script's lines meet of them, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vtuber.core.errors import UserError
from vtuber.script.check import cast_of
from vtuber.script.faults import Fault
from vtuber.script.spoken import said_of
from vtuber.script.statements import SOUND, Say
from vtuber.shows.talk.voices import chain_of, plays_ready
from vtuber.voice.conduct.gate import ConductWish, told
from vtuber.voice.conduct.match import Matcher

if TYPE_CHECKING:
    from vtuber.script.statements import Script
    from vtuber.settings import ConductSettings


def wish_of(settings: ConductSettings) -> ConductWish:
    """Give what the settings say of conduct."""
    path = Path(settings.file).expanduser() if settings.file else None
    return ConductWish(path, settings.policy, settings.log_words)


def check_conduct(settings: ConductSettings) -> None:
    """Refuse rules that cannot be read. Raises UserError that names every fault."""
    wish_of(settings).rules()


def conduct_of(settings: Path | None) -> ConductWish:
    """Give the conduct of a settings file, or of the usual one. Raises UserError."""
    from vtuber.settings import load

    return wish_of(load(settings, {}, {"conduct": check_conduct}).conduct)


def ready_in(script: Script) -> frozenset[str]:
    """Name those of a script's cast whose voice plays sounds that are ready."""
    voices = {name: options.get("voice", "") for name, options in cast_of(script).items()}
    return frozenset(name for name, wish in voices.items() if wish and _plays_ready(wish))


def _plays_ready(wish: str) -> bool:
    try:
        return plays_ready(chain_of(wish))
    except UserError:  # which another check tells
        return False


def warnings(script: Script, wish: ConductWish) -> Iterator[Fault]:
    """Say which lines of a script conduct would block or change. Raises UserError for the rules."""
    judge, ready = Matcher(wish.rules()), ready_in(script)
    for statement in script.walk():
        if isinstance(statement, Say):
            text = said_of(statement).text
            is_sound = any(d.word.partition(" ")[0] == SOUND for d in statement.directions)
            ruling = judge.ruling(text, is_fixed=is_sound or statement.who in ready)
            if ruling.rules:
                said = told(text, statement.who, ruling, tells_words=wish.tells_words)
                yield Fault(statement.at, f"warning: {said}")
