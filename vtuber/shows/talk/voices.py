"""A wish for a voice in, the voices that may grant it out, in order; and which work here."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vtuber import plugins
from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.sound.lips import visemes_of
from vtuber.voice.chain import Candidate
from vtuber.voice.coqui_models import is_downloaded, listed

CHAIN = ("bundled", "espeak", "silent")  # each stands in for those before it; the last always works


def chain_of(wish: str) -> tuple[plugins.Plugin, ...]:
    """Give the wish and what stands in for it, in order; "" wishes for nothing special.

    Raises UserError for a wish that no machine could grant; nothing is opened.
    """
    first = (plugins.parse("voice", wish),) if wish else ()
    for plugin in first:
        plugin.make(VoiceContext())
    asked = wish.partition(":")[0]
    rest = CHAIN[CHAIN.index(asked) + 1 :] if asked in CHAIN else CHAIN
    there = plugins.names("voice")
    return (*first, *(plugins.parse("voice", name) for name in rest if name in there))


def plays_ready(chain: Sequence[Candidate]) -> bool:
    """Tell whether a voice plays sounds that are ready: no word of them can be changed."""
    return bool(getattr(getattr(chain[0], "kind", None), "plays_ready", False))


def context() -> VoiceContext:
    """Give what voices are handed: how lips are read off sound."""
    return VoiceContext(visemes_of)


@dataclass(frozen=True, slots=True)
class VoiceState:
    """One engine on this machine."""

    name: str
    about: str  # the first line of its docstring
    fault: str  # why it does not work here; "" where it does


def states() -> Iterator[VoiceState]:
    """Try every engine with its default options, in the order of the chain, then the others."""
    others = [name for name in plugins.names("voice") if name not in CHAIN]
    for name in (*(name for name in CHAIN if name in plugins.names("voice")), *others):
        plugin = plugins.parse("voice", name)
        module = sys.modules[plugin.kind.__module__]
        yield VoiceState(name, (module.__doc__ or "").partition("\n")[0], _fault(plugin))


def models_here() -> list[str]:
    """Name the models of Coqui that were downloaded."""
    try:
        return [name for name in listed() if is_downloaded(name) and name.startswith("tts_models/")]
    except UserError:
        return []


def _fault(plugin: plugins.Plugin) -> str:
    try:
        if plugin.name == "coqui":  # loading a model takes seconds
            listed()
            return ""
        voice = plugin.make(VoiceContext())
        voice.open()
    except UserError as error:
        return str(error)
    voice.close()
    return ""
