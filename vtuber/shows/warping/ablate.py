"""Measures what each piece of the warping network is worth: weights in, a table of errors out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vtuber.resources import shipped_names
from vtuber.shows.engine import load_avatar
from vtuber.warp.ablate import ABLATIONS
from vtuber.warp.evaluate import Subject, judge, made_up, report, subject_of
from vtuber.warp.infer import LearnedMotion
from vtuber.warp.weights import SHIPPED, Weights, load


def ablate(
    weights: Path | None, characters: int, poses: int, told: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    """Measure weights (None: those that ship) without each of their pieces, in px of 512.

    By made-up characters, and the avatars that ship. Gives `mean` and `p99` by piece, and the same
    `_no_rig`. Raises UserError where there are no weights.
    """
    loaded, _ = load(weights or SHIPPED)
    subjects = made_up(characters)
    subjects += [subject_of(name, load_avatar(name)) for name in shipped_names()]
    found = {}
    for name, change in ABLATIONS.items():
        told(name)
        found[name] = _errors(subjects, change(loaded), poses)
    return found


def _errors(subjects: list[Subject], weights: Weights, poses: int) -> dict[str, float]:
    def network(measured, style):  # type: ignore[no-untyped-def]
        return LearnedMotion(measured, style, weights)

    errors = report(judge(subjects, network, poses, fitted=False))["vertex_px_512"]
    return {
        f"{what}{after}": errors[f"network{after}"][what]
        for after in ("", "_no_rig")
        for what in ("mean", "p99")
    }
