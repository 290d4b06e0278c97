"""Training: it learns, the same seed gives the same, and an interruption changes nothing."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vtuber.shows.warping.plots import plot_training
from vtuber.warp.lesson import Example
from vtuber.warp.train import Arguments, Lessons, Progress, train
from vtuber.warp.weights import load, save

torch = pytest.importorskip("torch")
SMALL = Arguments(
    steps=16, looks=0.5, poses=2, uses=3, glances=2, density=0.3, measured=8, held_out=2, every=8
)


def quiet(progress: Progress) -> None:
    """Say nothing."""


def test_the_same_seed_gives_the_same_weights_also_over_an_interruption(tmp_path: Path) -> None:
    whole, _ = train(SMALL, tmp_path / "whole", quiet)
    again, _ = train(SMALL, tmp_path / "again", quiet)
    train(SMALL, tmp_path / "parts", quiet, stop_at=13)
    train(SMALL, tmp_path / "parts", quiet, stop_at=19)
    parts, _ = train(SMALL, tmp_path / "parts", quiet)
    for name, weight in whole.items():  # sums are rounded by where their numbers lie in memory
        np.testing.assert_allclose(weight, again[name], 1e-4, 2e-5, err_msg=name)
        np.testing.assert_allclose(weight, parts[name], 1e-4, 2e-5, err_msg=name)
    other, _ = train(Arguments(**{**vars_of(SMALL), "seed": 1}), tmp_path / "other", quiet)
    assert np.abs(whole["eye.in"] - other["eye.in"]).max() > 0.01


def vars_of(arguments: Arguments) -> dict[str, object]:
    return {name: getattr(arguments, name) for name in arguments.__slots__}


def test_a_short_training_lowers_the_error_on_characters_that_it_never_saw(tmp_path: Path) -> None:
    seen: list[Progress] = []
    arguments = Arguments(**{**vars_of(SMALL), "steps": 150, "looks": 0.0, "every": 1})
    train(arguments, tmp_path, seen.append, stop_at=1)
    arguments = Arguments(**{**vars_of(arguments), "every": 149})
    train(arguments, tmp_path, seen.append)
    assert seen[-1].step == 150
    assert seen[-1].mean < 0.95 * seen[0].mean  # the beginning is the rig of median knobs


def test_what_a_training_says_stands_in_its_weights_and_its_curve(tmp_path: Path) -> None:
    seen: list[Progress] = []
    weights, about = train(SMALL, tmp_path, seen.append)
    assert [progress.step for progress in seen] == [8, 16, 24]
    with (tmp_path / "curve.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [float(row["mean"]) for row in rows] == pytest.approx([p.mean for p in seen], rel=1e-4)
    plot_training(tmp_path / "curve.csv", tmp_path / "curve.png")
    assert len(Image.open(tmp_path / "curve.png").convert("RGB").getcolors(9999)) > 6
    save(tmp_path / "warp.safetensors", weights, about)
    said = json.loads(load(tmp_path / "warp.safetensors")[1]["evaluation"])
    assert said["mean"] == pytest.approx(seen[-1].mean, abs=1e-4)


def test_a_lesson_depends_on_its_seed_and_step_alone() -> None:
    straight, jumped = Lessons(SMALL), Lessons(SMALL)
    for step in range(7):
        example, controls, _ = straight.of(step)[1]
    same, alike, _ = jumped.of(6)[1]
    assert controls == alike
    np.testing.assert_array_equal(example.character.measured.points, same.character.measured.points)
    assert straight.of(7)[1][1] != controls


def test_glances_depend_on_their_seed_and_step_alone_and_say_nothing_of_the_rig() -> None:
    one, same = (Lessons(SMALL).glances(4)[0] for _ in range(2))
    np.testing.assert_array_equal(one.z, same.z)
    assert not np.array_equal(one.z[:50], Lessons(SMALL).glances(5)[0].z[:50])
    assert one.told.looks[""][-1] == 0.0
    assert not one.told.depths.layers[:, 0].any()
    assert one.shares.sum() == pytest.approx(1.0, abs=1e-4)


def test_characters_are_told_of_in_three_ways() -> None:
    random = np.random.default_rng(0)
    given = bare = depths = 0
    for _ in range(24):
        example = Example.drawn(random, 0.3)
        said = example.told.looks[""][-1] == 1.0
        true = [p.depth for p in example.character.measured.parts]
        keeps = np.allclose(example.told.depths.layers[:, 1], true, atol=1e-4)
        given, depths, bare = given + said, depths + (keeps and not said), bare + (not keeps)
    assert min(given, bare, depths) >= 2
