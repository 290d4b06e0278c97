"""What the trainings share: the loop with its schedule, its savings and its curve.

Steps depend on the seed and their number alone, so a training that was interrupted goes on as if it
had not been.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

Report = Callable[[str, int, int, Mapping[str, float]], None]  # what, done, of how many, losses


class Arguments(Protocol):
    """What every training depends on."""

    @property
    def seed(self) -> int: ...

    @property
    def steps(self) -> int: ...

    @property
    def rate(self) -> float: ...

    @property
    def warm_up(self) -> int: ...

    @property
    def every(self) -> int:
        """Give the steps between two lines of the curve, and two savings."""
        ...


def go_on(
    what: str,
    state: Path,
    model: Any,
    optimiser: Any,
    arguments: Arguments,
    losses: Callable[[int], Mapping[str, Any]],
    report: Report,
    stop_at: int | None = None,
    most: float = 5.0,
    after: Callable[[], None] = lambda: None,
) -> None:
    """Train from where `state` left off, or from the beginning.

    `losses` gives those of a step, of which "loss" is followed; gradients are cut to the length
    `most`; `after` is called behind every step; `stop_at` ends earlier than `arguments.steps`, as
    an interruption would.
    """
    import torch

    mean: dict[str, float] = {}
    for step in range(restore(state, model, optimiser), stop_at or arguments.steps):
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * schedule(step, arguments.steps, arguments.warm_up)
        torch.manual_seed(arguments.seed * 1_000_003 + step)  # of the drop-outs
        found = losses(step)
        optimiser.zero_grad()
        found["loss"].backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), most)
        optimiser.step()
        after()
        average(mean, found)
        done = step + 1
        if done % arguments.every == 0 or done == arguments.steps:
            save(state, model, optimiser, done)
            report(what, done, arguments.steps, mean)
            mean = {}


def schedule(step: int, steps: int, warm_up: int) -> float:
    """Give the share of the rate: a short rise, then half a cosine down to a hundredth."""
    rise = min((step + 1) / max(warm_up, 1), 1.0)
    return rise * max(0.5 * (1.0 + math.cos(math.pi * step / steps)), 0.01)


def average(mean: dict[str, float], losses: Mapping[str, Any]) -> None:
    """Take a step's losses into a running mean."""
    count = mean.get("steps", 0.0)
    for name, value in losses.items():
        mean[name] = (mean.get(name, 0.0) * count + float(value.detach())) / (count + 1.0)
    mean["steps"] = count + 1.0


def restore(path: Path, model: Any, optimiser: Any) -> int:
    """Read what `save` wrote, and give the step at which to go on: 0 where there is none."""
    import torch

    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)  # our own file; and so nothing in it can run
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def save(path: Path, model: Any, optimiser: Any, step: int) -> None:
    """Keep all that going on needs. The file is never there in part."""
    import torch

    part = path.with_suffix(".part")
    torch.save(
        {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part
    )
    os.replace(part, path)


def arrays(model: Any) -> dict[str, Any]:
    """Give a model's weights as NumPy arrays."""
    return {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()}
