"""What the network is punished for: an example and poses in, a number out. Over torch's tensors."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.warp.laws import LAWS, named
from vtuber.warp.lesson import Example, Glance
from vtuber.warp.net import Net
from vtuber.warp.poses import Controls
from vtuber.warp.turn import Turn
from vtuber.warp.turns import Turns

Tensor = Any


def loss_of(
    net: Net, example: Example, controls: list[Controls], random: np.random.Generator, like: Tensor
) -> Tensor:
    """Give the error in px of 512, with what keeps meshes whole and motion smooth."""
    px = example.character.px
    true, alpha = truth(example, controls, like)
    moved, depth, body = predicted(net, example, controls, like)
    weight = like.new_tensor(example.weight) * (0.3 + 0.7 * alpha)
    off = (moved - true) * px
    square = off.square().sum(-1)
    error = (square + 0.04).sqrt() + 0.02 * square.clip(max=400.0)
    loss = (error * weight).sum() / weight.sum()
    # on the way from a pose to its neighbour nothing may tremble
    step = off[1::2] - off[::2]
    loss = (
        loss + 0.5 * ((step.square().sum(-1) + 0.01).sqrt() * weight[::2]).sum() / weight[::2].sum()
    )
    loss = loss + _folds(example, moved, true, alpha, random, like)
    return loss + _depths_off(example.glance, depth, body, like)


def loss_at_a_glance(net: Net, glance: Glance, like: Tensor) -> Tensor:
    """Give how far off depths and turn are, as a part of the whole loss."""
    seen = net.seen(like.new_tensor(glance.told.looks[""]))
    return _depths_off(glance, _depth(net, glance, seen, like), net.body(seen), like)


def _depth(net: Net, glance: Glance, seen: Tensor, like: Tensor) -> Tensor:
    told = glance.told.depths
    return net.depth(told, like.new_tensor(told.local), like.new_tensor(told.layers), seen)


def _depths_off(glance: Glance, depth: Tensor, body: Tensor, like: Tensor) -> Tensor:
    z, head, shares = (like.new_tensor(x) for x in (glance.z, glance.head, glance.shares))
    off = 0.3 * ((depth[:, 0] - z).abs() * head * shares).sum()
    off = off + 0.2 * ((depth[:, 1] - head).abs() * shares).sum()
    return glance.px * (off + 0.2 * (body - like.new_tensor(glance.body)).abs().mean())


def truth(example: Example, controls: list[Controls], like: Tensor) -> tuple[Tensor, Tensor]:
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
    seen = {side: net.seen(like.new_tensor(looks)) for side, looks in example.told.looks.items()}
    for table in example.told.regions:
        basis = net.basis(table, like.new_tensor(table.local), seen[table.side])
        told = like.new_tensor(_picked(LAWS[table.region], table.side, laws))
        offsets = told @ basis.permute(1, 0, 2).reshape(told.shape[1], -1)
        offsets = offsets.reshape(len(controls), -1, 2)
        if table.side == "right":
            offsets = offsets * like.new_tensor([-1.0, 1.0])
        local[:, table.rows] = offsets
    depth = _depth(net, example.glance, seen[""], like)
    is_told = example.style is not None  # `bake.py` takes what is told, too
    body = like.new_tensor(example.glance.body) if is_told else net.body(seen[""])
    turns = Turns(example.motion.turner, like)
    return turns(local, depth, body, [Turn.of(c) for c in controls]), depth, body


def _picked(
    names: tuple[str, ...], side: str, values: list[dict[str, float]]
) -> Float32[np.ndarray, "p n"]:
    keys, signs = named(names, side)
    picked = np.array([[one[key] for key in keys] for one in values], np.float32)
    return picked * np.array(signs, np.float32)


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
