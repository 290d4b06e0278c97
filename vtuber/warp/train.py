"""Trains the network: a seed in, weights out. Reads from top to bottom.

Every step makes a character, poses it with the exact rig, and asks the network for the same. There
is no data set and no end to the characters. The same seed and arguments give the same weights, also
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
from jaxtyping import Float32

from vtuber.warp.characters import Character, character
from vtuber.warp.features import Table, tables
from vtuber.warp.guess import guessed
from vtuber.warp.laws import CONTROLS_OF, LAWS, Laws, named
from vtuber.warp.motion import Motion
from vtuber.warp.net import BUFFERS, Net, initial
from vtuber.warp.poses import Controls, near, random_controls
from vtuber.warp.turn import Turn
from vtuber.warp.turns import Turns

Tensor = Any
_HELD_OUT = 1 << 40  # seeds from here on are never trained on
# What the eye goes to counts more than its share of the vertices.
_WEIGHT = {"lash_upper": 3.0, "lash_lower": 2.0, "lid_closed": 2.0, "lid_happy": 2.0, "iris": 2.0,
           "eye_white": 2.0, "lip_upper": 4.0, "lip_lower": 4.0, "mouth_cavity": 1.5, "brow": 3.0,
           "eye_light": 2.0, "nose": 3.0, "teeth": 1.5, "tongue": 1.5}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that a training depends on."""

    seed: int = 0
    steps: int = 16_000
    poses: int = 8  # a step; each with a neighbour on its path
    uses: int = 6  # steps for which one character serves
    rate: float = 1.5e-3
    warm_up: int = 300
    decay: float = 1e-4
    density: float = 0.42  # of the characters' meshes
    held_out: int = 12  # characters
    every: int = 1000  # steps between two looks at them
    device: str = "cpu"


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


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One character with what its bundle would tell, and the way of its vertices by its rig."""

    character: Character
    motion: Motion
    laws: Laws
    tables: tuple[Table, ...]
    weight: np.ndarray  # of each vertex

    @staticmethod
    def drawn(random: np.random.Generator, density: float, told: str) -> Example:
        """Draw one; `told` is "rig" (all), "depths" (no knobs) or "bare" (role medians)."""
        made = character(random, density)
        measured = made.measured
        seen = guessed(measured) if told == "bare" else measured
        weights = np.array([_WEIGHT.get(part.role, 1.0) for part in measured.parts], np.float32)
        return Example(
            made,
            Motion(measured),
            Laws(measured),
            tables(seen, measured.style if told == "rig" else None),
            measured.per_vertex(weights),
        )


def train(
    arguments: Arguments, folder: Path, report: Callable[[Progress], None], stop_at: int | None = None
) -> dict[str, np.ndarray]:
    """Train, or go on where `folder` left off; gives the weights. Needs torch.

    The folder receives `state.safetensors` (all that resuming needs) and `curve.csv`. `stop_at`
    ends earlier than `arguments.steps`, as an interruption would.
    """
    import torch

    torch.set_num_threads(1)  # two spin: up to 50 times the CPU time on a busy machine
    weights, buffers, moments, step = _begin(arguments, folder)
    like = torch.zeros((), device=arguments.device)
    fixed = {name: like.new_tensor(value) for name, value in buffers.items()}
    free = {name: like.new_tensor(value).requires_grad_() for name, value in weights.items()}
    optimiser = torch.optim.AdamW(
        free.values(), arguments.rate, weight_decay=arguments.decay, foreach=True
    )
    _restore(optimiser, free, moments, step, like)
    net = Net({**free, **fixed}, torch)
    last, began, losses = None, time.process_time(), []
    for step in range(step, min(stop_at or arguments.steps, arguments.steps)):
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * _schedule(step, arguments)
        loss = _loss(net, *_lesson(arguments, step), like)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(free.values(), 5.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        done = step + 1
        if done % arguments.every == 0 or done == arguments.steps:
            errors = [held_out_error(net, told, arguments, like) for told in ("rig", "bare")]
            last = Progress(done, arguments.steps, float(np.mean(losses)), *errors[0], *errors[1],
                            time.process_time() - began)  # fmt: skip
            losses = []
            report(last)
            _note(folder, last)
            _save(folder, arguments, free, fixed, optimiser, done)
    _save(folder, arguments, free, fixed, optimiser, min(stop_at or arguments.steps, arguments.steps))
    return {name: w.detach().cpu().numpy() for name, w in {**free, **fixed}.items()}


def _schedule(step: int, arguments: Arguments) -> float:
    """Give the share of the rate: a short rise, then half a cosine."""
    rise = min((step + 1) / arguments.warm_up, 1.0)
    return float(rise * 0.5 * (1.0 + np.cos(np.pi * step / arguments.steps)) + 1e-3)


# -- what is learned -------------------------------------------------------------------------------

_kept: dict[tuple[int, int, float], Example] = {}


def _lesson(arguments: Arguments, step: int) -> tuple[Example, list[Controls], np.random.Generator]:
    """Give the character and the poses of a step: each pose is followed by a neighbour of its."""
    number = step // arguments.uses
    key = (arguments.seed, number, arguments.density)
    if key not in _kept:
        random = np.random.default_rng([arguments.seed, number])
        told = ("rig", "bare", "rig", "bare", "depths")[int(random.integers(5))]
        _kept.clear()
        _kept[key] = Example.drawn(random, arguments.density, told)
    random = np.random.default_rng([arguments.seed, number, step])
    controls = []
    for _ in range(arguments.poses):
        controls.append(random_controls(random, turned=random.choice([0.5, 1.0, 1.3])))
        controls.append(near(random, controls[-1], random.uniform(0.02, 0.2)))
    return _kept[key], controls, random


def _loss(
    net: Net, example: Example, controls: list[Controls], random: np.random.Generator, like: Tensor
) -> Tensor:
    """Give the error in px of 512, with what keeps meshes whole and motion smooth."""
    px, measured = example.character.px, example.character.measured
    true, alpha = _truth(example, controls, like)
    moved, depth, body = predicted(net, example, controls, like)
    weight = like.new_tensor(example.weight) * (0.3 + 0.7 * alpha)
    off = (moved - true) * px
    square = off.square().sum(-1)
    error = (square + 0.04).sqrt() + 0.02 * square.clip(max=400.0)
    loss = (error * weight).sum() / weight.sum()
    # on the way from a pose to its neighbour nothing may tremble
    step = off[1::2] - off[::2]
    loss = loss + 0.5 * ((step.square().sum(-1) + 0.01).sqrt() * weight[::2]).sum() / weight[::2].sum()
    loss = loss + _folds(example, moved, true, alpha, random, like)
    turner = example.motion.turner
    z, head = like.new_tensor(turner.z), like.new_tensor(turner.head)
    loss = loss + 0.3 * px * ((depth[:, 0] - z).abs() * head).mean()
    loss = loss + 0.2 * px * (depth[:, 1] - head).abs().mean()
    style = like.new_tensor([measured.style.narrowing, measured.style.body_depth])
    return loss + 0.1 * px * (body - style).abs().mean()


def _truth(example: Example, controls: list[Controls], like: Tensor) -> tuple[Tensor, Tensor]:
    posed = [example.motion(c) for c in controls]
    moved, alpha = (np.stack([one[i] for one in posed]) for i in (0, 1))
    return like.new_tensor(moved), like.new_tensor(alpha)


def predicted(
    net: Net, example: Example, controls: list[Controls], like: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Give what the network says: displacements (p, v, 2) in W, depth (v, 2), gains of the body."""
    count = len(example.weight)
    local = like.new_zeros((len(controls), count, 2))
    laws = [example.laws(c) for c in controls]
    for table in example.tables:
        features, looks = like.new_tensor(table.local), like.new_tensor(table.looks)
        if table.region == "depth":
            back = np.argsort(table.rows)
            depth, body = net.depth(table, features, looks)[back], net.body(looks)
        else:
            basis = net.basis(table, features, looks)
            told = net.coefficients(
                table.region,
                like.new_tensor(_picked(LAWS[table.region], table.side, laws)),
                like.new_tensor(_picked(CONTROLS_OF[table.region], table.side, controls)),
            )
            offsets = told @ basis.permute(1, 0, 2).reshape(told.shape[1], -1)
            offsets = offsets.reshape(len(controls), -1, 2)
            if table.side == "right":
                offsets = offsets * like.new_tensor([-1.0, 1.0])
            local[:, table.rows] = offsets
    turns = Turns(example.motion.turner, like)
    return turns(local, depth, body, [Turn.of(c) for c in controls]), depth, body


def _picked(
    names: tuple[str, ...], side: str, values: list[dict[str, float]]
) -> Float32[np.ndarray, "p n"]:
    keys, signs = named(names, side)
    return np.array([[one[key] for key in keys] for one in values], np.float32) * np.float32(signs)


def _folds(
    example: Example, moved: Tensor, true: Tensor, alpha: Tensor, random: np.random.Generator,
    like: Tensor,
) -> Tensor:  # fmt: skip
    """Punish triangles that keep less than a tenth of their area where the rig's keep more."""
    made = example.character
    some = random.choice(len(made.triangles), min(400, len(made.triangles)), replace=False)
    corners = made.triangles[some]
    rest = like.new_tensor(made.measured.points)
    area = _areas(rest[None], corners)
    kept, right = _areas(rest + moved, corners) / area, _areas(rest + true, corners) / area
    shown = (alpha[:, corners[:, 0]] > 0) & (right > 0.1)
    return 2.0 * ((0.1 - kept).clip(0).clip(max=2.0) * shown).mean()


def _areas(points: Tensor, corners: np.ndarray) -> Tensor:
    a, b, c = (points[:, corners[:, i]] for i in range(3))
    one, two = b - a, c - a
    return one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]


# -- how well it goes ------------------------------------------------------------------------------


def held_out_error(net: Net, told: str, arguments: Arguments, like: Tensor) -> tuple[float, float]:
    """Give mean and 99th percentile of the error on characters never trained on, in px of 512."""
    import torch

    errors = []
    for example, controls in _held_out(told, arguments):
        with torch.no_grad():
            moved, _, _ = predicted(net, example, controls, like)
            true, alpha = _truth(example, controls, like)
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
    from safetensors import safe_open
    from safetensors.numpy import load_file

    state = folder / "state.safetensors"
    if state.exists():
        with safe_open(str(state), "np") as opened:
            said = opened.metadata()
        stored = load_file(str(state))
        moments = {n: a for n, a in stored.items() if n[:2] in ("m/", "v/")}
        weights = {n: a for n, a in stored.items() if n not in moments}
        step = int(said["step"])
    else:
        folder.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(arguments.seed)
        tolds = ("rig", "rig", "rig", "bare")
        seen = [Example.drawn(random, arguments.density, tolds[i % 4]).tables for i in range(120)]
        weights, moments, step = initial(random, seen), {}, 0
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
    folder: Path, arguments: Arguments, free: dict[str, Tensor], fixed: dict[str, Tensor],
    optimiser: Any, step: int,
) -> None:  # fmt: skip
    from safetensors.numpy import save_file

    arrays = {name: value.detach().cpu().numpy() for name, value in {**free, **fixed}.items()}
    for name, weight in free.items():
        for short, long in (("m", "exp_avg"), ("v", "exp_avg_sq")):
            arrays[f"{short}/{name}"] = optimiser.state[weight][long].cpu().numpy()
    said = {"step": str(step), "arguments": json.dumps(dataclasses.asdict(arguments))}
    part = folder / "state.part"
    save_file({n: np.ascontiguousarray(a) for n, a in arrays.items()}, str(part), said)
    part.replace(folder / "state.safetensors")


def _note(folder: Path, progress: Progress) -> None:
    """Add a line to the curve."""
    path = folder / "curve.csv"
    told = dataclasses.asdict(progress)
    head = "" if path.exists() else ",".join(told) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(head + ",".join(f"{value:g}" for value in told.values()) + "\n")

