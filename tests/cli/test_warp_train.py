"""`vtuber warp train`: weights, a curve, and going on where it ended."""

import json

import pytest

from vtuber.warp.weights import load


def test_a_training_leaves_weights_and_a_curve_and_goes_on(vtuber, tmp_path) -> None:
    pytest.importorskip("torch")
    first = vtuber("warp", "train", "mine", "--steps", "2", "--seed", "5", timeout=240)
    assert first.returncode == 0, first.stderr
    assert first.stdout == "mine/warp.safetensors\n"
    assert "3 of 3" in first.stderr  # two that move, one that looks
    assert "without [rig]" in first.stderr
    _, said = load(tmp_path / "mine" / "warp.safetensors")
    assert json.loads(said["arguments"])["seed"] == 5
    assert (tmp_path / "mine" / "curve.png").stat().st_size > 3000
    again = vtuber("warp", "train", "mine", "--steps", "2", "--seed", "5", timeout=240)
    assert again.returncode == 0, again.stderr
    assert len((tmp_path / "mine" / "curve.csv").read_text().splitlines()) == 2


def test_a_number_of_steps_that_is_none_is_refused(vtuber) -> None:
    done = vtuber("warp", "train", "mine", "--steps", "many")
    assert done.returncode == 2
    assert "give a whole number" in done.stderr
