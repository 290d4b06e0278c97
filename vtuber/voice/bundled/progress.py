"""What the trainings share: the rate's schedule, the state that going on needs, means of losses."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Report = Callable[[str, int, int, Mapping[str, float]], None]  # what, done, of how many, losses


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
