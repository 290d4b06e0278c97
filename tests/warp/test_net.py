"""The network's promises that no training can break."""

import dataclasses

import numpy as np
import pytest

from vtuber.avatar.style import Style
from vtuber.warp.bake import bake
from vtuber.warp.characters import character
from vtuber.warp.features import KINDS, describe, glanced
from vtuber.warp.guess import guessed
from vtuber.warp.infer import LearnedMotion
from vtuber.warp.laws import LAWS, MOVED_AT_REST
from vtuber.warp.lesson import Example
from vtuber.warp.motion import Motion
from vtuber.warp.net import BUFFERS, Net, initial
from vtuber.warp.poses import REST, random_controls
from vtuber.warp.weights import shipped


@pytest.fixture(scope="module")
def example() -> Example:
    return Example.drawn(np.random.default_rng(4), 0.5, "rig")


@pytest.fixture(scope="module")
def begun() -> dict[str, np.ndarray]:
    """Weights to begin a training with."""
    random = np.random.default_rng(0)
    seen, usual = (
        [Example.drawn(random, 0.3, usual=share).told for _ in range(count)]
        for share, count in ((0.3, 20), (1.0, 8))
    )
    return initial(random, seen, usual)


@pytest.fixture(scope="module")
def wild(begun: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Weights that were never trained, and are not small."""
    random = np.random.default_rng(1)
    return {
        name: w if name.rpartition(".")[2] in (*BUFFERS, "gain")
        else w + random.normal(size=w.shape).astype(np.float32) * 0.05
        for name, w in begun.items()
    }  # fmt: skip


def test_before_training_it_is_the_rig_of_median_knobs(example: Example, begun) -> None:
    measured = example.character.measured
    median = Motion(dataclasses.replace(measured, style=Style()))
    network = LearnedMotion(measured, measured.style, begun)
    random = np.random.default_rng(2)
    for _ in range(8):
        controls = random_controls(random)
        moved, expected = network(controls)[0], median(controls)[0]
        assert np.abs(moved - expected).mean() < 0.02  # W: the last layer begins near 0


def test_whatever_its_weights_rest_is_exact(example: Example, wild) -> None:
    motion = LearnedMotion(example.character.measured, None, wild)
    moved, alpha = motion(REST)
    assert np.abs(moved[alpha > 0]).max() == 0.0
    assert np.abs(moved[alpha == 0]).max() > 0.01  # closed lids wait at the open ones


def test_torch_and_numpy_say_the_same(example: Example, wild) -> None:
    torch = pytest.importorskip("torch")
    like = torch.zeros(())
    there = Net({name: like.new_tensor(w) for name, w in wild.items()}, torch)
    here = Net(wild, np)
    told, depths = example.told, example.told.depths
    for looks in told.looks.values():
        np.testing.assert_allclose(
            here.seen(looks), there.seen(like.new_tensor(looks)).numpy(), atol=2e-5
        )
    for table in told.regions:
        seen = here.seen(told.looks[table.side])
        one = here.basis(table, table.local, seen)
        other = there.basis(table, like.new_tensor(table.local), like.new_tensor(seen))
        np.testing.assert_allclose(one, other.numpy(), atol=2e-5)
    rows, seen = (depths.local, depths.layers), here.seen(told.looks[""])
    one = here.depth(depths, *rows, seen)
    other = there.depth(depths, *(like.new_tensor(x) for x in (*rows, seen)))
    np.testing.assert_allclose(one, other.numpy(), atol=2e-5)


def test_whoever_looks_as_designs_do_is_told_from_who_looks_anyhow() -> None:
    net, random = Net(shipped(), np), np.random.default_rng(5)
    odd = {
        is_usual: [
            net.seen(glanced(character(random, 0.2, is_usual).measured, None).looks[""])[-1]
            for _ in range(30)
        ]
        for is_usual in (True, False)
    }
    assert np.mean(np.array(odd[True]) < 0) > 0.8
    assert np.mean(np.array(odd[False]) > 0) > 0.8


def test_a_depth_that_somebody_said_is_not_guessed_anew() -> None:
    made = character(np.random.default_rng(12), 0.3).measured
    silent = guessed(made)
    number = next(i for i, part in enumerate(made.parts) if part.role == "nose")
    parts = list(silent.parts)
    parts[number] = dataclasses.replace(parts[number], depth=0.9)
    said = dataclasses.replace(silent, parts=tuple(parts))
    own = made.slices[number]
    told, exact = bake(said, None, shipped()).depth[own, 0], Motion(said).turner.z[own]
    assert np.abs(told - exact).mean() < 0.06  # W; by the median of noses it is 0.3 off
    assert glanced(said, None).depths.layers[number, 0] == 1.0
    assert glanced(silent, None).depths.layers[number, 0] == 0.0


def test_the_right_eye_is_the_left_one_in_a_mirror(wild) -> None:
    made = character(np.random.default_rng(12), 0.5).measured
    flipped = dataclasses.replace(
        made,
        points=made.points * (-1, 1),
        parts=tuple(
            dataclasses.replace(p, side={"left": "right", "right": "left"}.get(p.side, ""),
                                lower_edge=p.lower_edge and mirrored(p.lower_edge))
            for p in made.parts
        ),
        marks={swapped(name): (-u, v) for name, (u, v) in made.marks.items()},
        curves=dataclasses.replace(
            made.curves,
            lids={swapped(s): tuple(map(mirrored, lids)) for s, lids in made.curves.lids.items()},
            closed={swapped(s): mirrored(c) for s, c in made.curves.closed.items()},
            happy={swapped(s): mirrored(c) for s, c in made.curves.happy.items()},
            lips=made.curves.lips and mirrored(made.curves.lips),
            floor=made.curves.floor and mirrored(made.curves.floor),
        ),
    )  # fmt: skip
    ahead = {(b.region, b.side): b for b in bake(made, None, wild).blocks}
    behind = {(b.region, b.side): b for b in bake(flipped, None, wild).blocks}
    for region in ("eye", "brow"):
        one, other = ahead[region, "left"], behind[region, "right"]
        flip = np.array([-1.0, 1.0], np.float32)
        np.testing.assert_allclose(
            one.basis.reshape(len(one.basis), -1, 2) * flip,
            other.basis.reshape(len(other.basis), -1, 2),
            atol=1e-4,
        )


def swapped(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


def mirrored(curve):
    return type(curve)(-curve.u[::-1], curve.v[::-1])


def test_what_is_inside_the_mouth_departs_only_by_its_opening(begun) -> None:
    shown = begun["mouth.shown"].reshape(len(KINDS["mouth"]), -1, 2)[..., 0]
    assert shown.shape[1] == len(LAWS["mouth"])
    for kind, mask in zip(KINDS["mouth"], shown, strict=True):
        free = {LAWS["mouth"][i] for i in np.flatnonzero(mask)}
        assert not free & set(MOVED_AT_REST)
        assert (free == {"open_lip"}) == (kind in ("mouth_cavity", "tongue", "teeth"))


def test_laws_are_those_of_the_rig(example: Example) -> None:
    laws = example.laws(REST)
    for names in LAWS.values():
        for side in ("left", "right"):
            assert all(name.lstrip("~").replace("SIDE", side) in laws for name in names)
    used = {name.lstrip("~").replace("SIDE", "left") for names in LAWS.values() for name in names}
    assert {name for name in laws if "right" not in name or "mouth" in name} <= used | {
        "mouth_smile_right", "mouth_frown_right"
    }  # fmt: skip


def test_what_rig_says_is_read_only_when_it_is_given(example: Example) -> None:
    measured = example.character.measured
    given, silent = describe(measured, measured.style), describe(measured, None)
    other = describe(dataclasses.replace(measured, style=Style()), None)
    for side, looks in silent.looks.items():
        assert not np.array_equal(given.looks[side], looks)
        np.testing.assert_array_equal(looks, other.looks[side])
        assert (looks[-15:] == 0).all()
    for one, another in zip(silent.regions, other.regions, strict=True):
        np.testing.assert_array_equal(one.local, another.local)
    np.testing.assert_array_equal(silent.depths.local, other.depths.local)
