"""Trains the network: a seed in, weights out. Reads from top to bottom.

Every step makes characters, poses them with the exact rig, and asks the network for the same. How
depths go with looks is a matter of many characters, though, and 2,700 left a fifth more error than
cannot be helped: so steps follow in which many are looked at and none is moved. There is no data
set and no end to the characters. The same seed and arguments give the same weights, also
over interruptions: what is drawn at a step depends on nothing but the seed and the step.
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.warp.lesson import Example, Glance
from vtuber.warp.losses import loss_at_a_glance, loss_of, predicted, truth
from vtuber.warp.net import BUFFERS, SIZES, Net, initial
from vtuber.warp.poses import Controls, near, random_controls
from vtuber.warp.weights import load, save

Tensor = Any
_HELD_OUT = 1 << 40  # seeds from here on are never trained on
_KEPT = 100  # steps between two saved states: 5 s are lost at most, and writing takes 20 ms
_GLANCE = 1 << 39  # no number of a step reaches this


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that a training depends on."""

    seed: int = 0
    steps: int = 8000
    characters: int = 2  # a step
    poses: int = 4  # of each; each with a neighbour on its path
    uses: int = 6  # steps for which a character serves
    glances: int = 6  # characters that are looked at, in each step after those
    looks: float = 0.625  # such steps, for each of the others
    thinner: float = 0.25  # density of their meshes
    rate: float = 1e-3
    warm_up: int = 300
    decay: float = 1e-4
    density: float = 0.42  # of the characters' meshes
    usual: float = 0.35  # share of characters that look and move as designs mostly do
    measured: int = 120  # characters that say at the start how large each feature is
    held_out: int = 12  # characters
    every: int = 1000  # steps between two looks at them
    device: str = "cpu"

    @property
    def whole(self) -> int:
        """Count the steps of both kinds."""
        return self.steps + round(self.steps * self.looks)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is, with the last errors on held-out characters, in px of 512."""

    step: int
    steps: int
    loss: float
    mean: float
    p99: float
    mean_no_rig: float
    p99_no_rig: float
    cpu_s: float


def train(
    arguments: Arguments,
    folder: Path,
    report: Callable[[Progress], None],
    stop_at: int | None = None,
    commit: str = "unknown",
) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Train, or go on where `folder` left off; gives the weights and what is to be said of them.

    Needs torch. The folder receives `state.safetensors` (all that going on needs) and `curve.csv`.
    `stop_at` ends earlier than `arguments.steps`, as an interruption would. `commit` is of the code
    as it is now: what is committed meanwhile was not at work.
    """
    import torch

    torch.set_num_threads(1)  # two spin: up to 50 times the CPU time on a busy machine
    weights, buffers, moments, first = _begin(arguments, folder)
    like = torch.zeros((), device=arguments.device)
    fixed = {name: like.new_tensor(value) for name, value in buffers.items()}
    free = {name: like.new_tensor(value).requires_grad_() for name, value in weights.items()}
    optimiser = torch.optim.AdamW(
        free.values(), arguments.rate, weight_decay=arguments.decay, foreach=True
    )
    _restore(optimiser, free, moments, first, like)
    net, lessons = Net({**free, **fixed}, torch), Lessons(arguments)
    end, began, losses = stop_at or arguments.whole, time.process_time(), list[float]()
    last: Progress | None = None
    for step in range(first, end):
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * _schedule(step, arguments)
        if step < arguments.steps:
            taught = [loss_of(net, *lesson, like) for lesson in lessons.of(step)]
        else:
            taught = [loss_at_a_glance(net, glance, like) for glance in lessons.glances(step)]
        loss = sum(taught) / len(taught)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(free.values(), 5.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        done = step + 1
        if done % arguments.every == 0 or done == end:
            last = _looked(net, arguments, done, losses, time.process_time() - began, like)
            losses.clear()
            report(last)
            _note(folder, last)
        if done % _KEPT == 0 or done % arguments.every == 0 or done == end:
            _save(folder, arguments, _arrays(free, fixed), free, optimiser, done)
    last = last or _looked(net, arguments, first, [0.0], 0.0, like)
    return _arrays(free, fixed), _about(arguments, last, commit)


def _arrays(free: dict[str, Tensor], fixed: dict[str, Tensor]) -> dict[str, np.ndarray]:
    return {name: value.detach().cpu().numpy().copy() for name, value in {**free, **fixed}.items()}


def _looked(
    net: Net, arguments: Arguments, step: int, losses: list[float], cpu_s: float, like: Tensor
) -> Progress:
    """See how well it goes."""
    given, bare = (held_out_error(net, told, arguments, like) for told in ("rig", "bare"))
    return Progress(step, arguments.whole, float(np.mean(losses)), *given, *bare, cpu_s)


def _schedule(step: int, arguments: Arguments) -> float:
    """Give the share of the rate: a short rise, then half a cosine; once for each kind of steps."""
    steps = arguments.steps
    if step >= steps:
        step, steps = step - steps, arguments.whole - steps
    rise = min((step + 1) / arguments.warm_up, 1.0)
    return float(rise * 0.5 * (1.0 + np.cos(np.pi * step / steps)) + 1e-3)


# -- what is taught --------------------------------------------------------------------------------


class Lessons:
    """The characters and poses of every step: a matter of the seed and the step alone."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._kept: dict[int, Example] = {}

    def of(self, step: int) -> list[tuple[Example, list[Controls], np.random.Generator]]:
        """Give a step's characters and their poses, each followed by a neighbour on its path."""
        arguments = self._arguments
        first = step // arguments.uses * arguments.characters
        numbers = range(first, first + arguments.characters)
        self._kept = {number: self._example(number) for number in numbers}
        lessons = []
        for number, example in self._kept.items():
            random = np.random.default_rng([arguments.seed, number, step])
            controls = []
            for _ in range(arguments.poses):
                controls.append(random_controls(random, turned=random.choice([0.5, 1.0, 1.3])))
                controls.append(near(random, controls[-1], random.uniform(0.02, 0.2)))
            lessons.append((example, controls, random))
        return lessons

    def glances(self, step: int) -> list[Glance]:
        """Give a step's characters that are looked at."""
        arguments = self._arguments
        random = np.random.default_rng([arguments.seed, step, _GLANCE])
        return [
            Glance.drawn(random, arguments.thinner, arguments.usual)
            for _ in range(arguments.glances)
        ]

    def _example(self, number: int) -> Example:
        if number in self._kept:
            return self._kept[number]
        random = np.random.default_rng([self._arguments.seed, number])
        return _drawn(random, self._arguments, self._arguments.usual)


def _drawn(random: np.random.Generator, arguments: Arguments, usual: float) -> Example:
    return Example.drawn(random, arguments.density, usual=usual)


# -- how well it goes ------------------------------------------------------------------------------


def held_out_error(net: Net, told: str, arguments: Arguments, like: Tensor) -> tuple[float, float]:
    """Give mean and 99th percentile of the error on characters never trained on, in px of 512."""
    import torch

    errors = []
    for example, controls in _held_out(told, arguments):
        with torch.no_grad():
            moved, _, _ = predicted(net, example, controls, like)
            true, alpha = truth(example, controls, like)
            distance = (moved - true).square().sum(-1).sqrt() * example.character.px
            errors.append(distance[alpha > 0].cpu().numpy())
    every = np.concatenate(errors)
    return float(every.mean()), float(np.percentile(every, 99))


def _held_out(told: str, arguments: Arguments) -> Iterator[tuple[Example, list[Controls]]]:
    for number in range(arguments.held_out):
        random = np.random.default_rng([_HELD_OUT, number])
        example = Example.drawn(random, arguments.density, told)
        yield example, [random_controls(random) for _ in range(16)]


# -- what is kept ----------------------------------------------------------------------------------


def _begin(
    arguments: Arguments, folder: Path
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, np.ndarray], int]:
    """Give weights, what is fixed, the optimiser's moments and the step; all new, or as left."""
    state = folder / "state.safetensors"
    if state.exists():
        stored, said = load(state)
        moments = {n: a for n, a in stored.items() if n[:2] in ("m/", "v/")}
        weights = {n: a for n, a in stored.items() if n not in moments}
        step = int(said["step"])
    else:
        folder.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(arguments.seed)
        seen, usual = (
            [_drawn(random, arguments, share).told for _ in range(arguments.measured)]
            for share in (arguments.usual, 1.0)
        )
        weights, moments, step = initial(random, seen, usual), {}, 0
    fixed = {n: a for n, a in weights.items() if n.rpartition(".")[2] in BUFFERS}
    return {n: a for n, a in weights.items() if n not in fixed}, fixed, moments, step


def _restore(
    optimiser: Any, free: dict[str, Tensor], moments: dict[str, np.ndarray], step: int, like: Tensor
) -> None:
    for name, weight in free.items() if moments else ():
        optimiser.state[weight] = {
            "step": like.cpu().new_tensor(float(step)),
            "exp_avg": like.new_tensor(moments[f"m/{name}"]),
            "exp_avg_sq": like.new_tensor(moments[f"v/{name}"]),
        }


def _save(
    folder: Path, arguments: Arguments, weights: dict[str, np.ndarray], free: dict[str, Tensor],
    optimiser: Any, step: int,
) -> None:  # fmt: skip
    """Keep all that going on needs, or nothing of it where the disk is full."""
    moments = {
        f"{short}/{name}": optimiser.state[weight][long].cpu().numpy()
        for name, weight in free.items()
        for short, long in (("m", "exp_avg"), ("v", "exp_avg_sq"))
    }
    said = {"step": str(step), "arguments": json.dumps(dataclasses.asdict(arguments))}
    save(folder / "state.safetensors", {**weights, **moments}, said, halved=False)


def _note(folder: Path, progress: Progress) -> None:
    """Add a line to the curve."""
    path = folder / "curve.csv"
    told = dataclasses.asdict(progress)
    head = "" if path.exists() else ",".join(told) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(head + ",".join(f"{value:g}" for value in told.values()) + "\n")


def _about(arguments: Arguments, last: Progress, commit: str) -> dict[str, str]:
    """Say what weights come from: arguments, sizes, commit, and how they did on held-out ones."""
    kept = ("mean", "p99", "mean_no_rig", "p99_no_rig", "step")
    return {
        "arguments": json.dumps(dataclasses.asdict(arguments)),
        "sizes": json.dumps({name: dataclasses.asdict(size) for name, size in SIZES.items()}),
        "commit": commit,
        "evaluation": json.dumps({name: round(getattr(last, name), 4) for name in kept}),
    }
