"""A script in, its film out, in one call: what a program uses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from vtuber.script.statements import Script
from vtuber.shows.plays.casting import play_of, read_play


def perform(
    script: Script | str | Path,
    film: str | Path,
    size_px: tuple[int, int] = (1280, 720),
    *,
    fps: float | Fraction = 30,
    background: str = "",
    alpha: str = "",
    voice: str = "",
    seed: int = 0,
    seconds: float | None = None,
    jobs: int = 0,
    emotion: bool = True,
    conduct: str | Path | None = None,
    say: Callable[[str], None] = lambda sentence: None,
) -> Path:
    """Render a script, or the file of one, to a film; give the film's path.

        from vtuber import Script, perform
        script = Script.from_text("Mika (happy): Hello [nod] and welcome! [wink right]")
        print(perform(script, "hello.mp4", (640, 360)))

    `jobs` processes draw; 0 draws in this one, so that a program needs no `__main__` guard. The
    rest is what `vtuber perform --help` says; `conduct` is a file of rules that lines pass, and
    `say` hears who speaks. Raises UserError: every fault of the script, or what cannot be written.
    """
    from vtuber.shows.film.render import Wish, render
    from vtuber.voice.conduct.gate import ConductWish

    play = (
        play_of(script, emotion=emotion)
        if isinstance(script, Script)
        else read_play(Path(script), emotion=emotion)
    )
    rate = Fraction(fps).limit_denominator(1001)
    rules = ConductWish(None if conduct is None else Path(conduct))
    wish = Wish(
        Path(film), size_px, rate, alpha, background, seed, seconds, jobs, voice, conduct=rules
    )
    return render(play, wish, say, emotion=emotion)
