"""One small evaluation, of weights that nobody trained: every number is there, and is of a kind."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.shows.engine import load_avatar
from vtuber.shows.warping.evaluate import Amount, evaluate
from vtuber.shows.warping.plots import plot_errors
from vtuber.warp.evaluate import METHODS
from vtuber.warp.features import describe
from vtuber.warp.net import initial
from vtuber.warp.trace import measure
from vtuber.warp.weights import save

SMALL = Amount(made_up=1, rolled=0, poses=2, pictures=1, folds=3, avatars=("default",))


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    measured = measure(load_avatar("default"))
    path = tmp_path_factory.mktemp("weights") / "untrained.safetensors"
    seen = [describe(measured, measured.style), describe(measured, None)]
    save(path, initial(np.random.default_rng(1), seen, seen), {"about": "untrained"})
    return path


@pytest.fixture(scope="module")
def numbers(weights: Path) -> dict:
    return evaluate(weights, SMALL, lambda what: None)


def test_every_number_has_its_place_and_all_can_be_written_as_json(numbers: dict) -> None:
    assert tuple(numbers["vertex_px_512"]) == METHODS
    for error in numbers["vertex_px_512"].values():
        assert 0.0 < error["mean"] <= error["rms"] <= error["p99"]
    for method in ("network", "still"):
        drawn = numbers["render"][method]
        assert 0.0 < drawn["ssim_full"] < 1.0
        assert 0.0 < drawn["ssim_expression"] < 1.0
        assert 0.0 < drawn["rmse_full"] < 1.0
    assert numbers["frame_ms_p50"] <= numbers["frame_ms_p99"]
    assert isinstance(numbers["folds"], int)
    assert set(numbers["sets"]) == {"made_up", "beyond_proportions", "shipped"}
    assert "face" in numbers["by_role_px_512"]["network"]
    json.dumps(numbers, allow_nan=False)


def test_even_an_untrained_network_rests_exactly_and_draws_nearer_than_no_motion(
    numbers: dict, weights: Path
) -> None:
    assert numbers["rest_error_px"] == 0.0
    assert numbers["weights_bytes"] == weights.stat().st_size
    assert numbers["weights"] == {"about": "untrained"}
    drawn = numbers["render"]
    assert drawn["network"]["ssim_full"] > drawn["still"]["ssim_full"]


def test_the_chart_shows_every_method(numbers: dict, tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    plot_errors(numbers, path)
    colours = {colour for _, colour in Image.open(path).convert("RGB").getcolors(1 << 20)}
    assert {(30, 110, 200), (220, 110, 30), (120, 120, 130)} <= colours


def test_weights_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no weights at"):
        evaluate(tmp_path / "none.safetensors", SMALL, lambda what: None)
