"""What a bundle says about how its character moves: read, bounded, medians for the rest."""

import pytest

from tests.bundles import make_bundle, manifest_text
from vtuber.avatar.bundle import load
from vtuber.avatar.manifest import Manifest
from vtuber.avatar.style import BOUNDS, KNOBS, Style


def read(more):
    return Manifest(manifest_text() + more)


def test_a_bundle_says_what_differs_and_an_avatar_without_rig_says_nothing(tmp_path) -> None:
    folder = make_bundle(tmp_path)
    assert load(folder).style is None
    (folder / "avatar.toml").write_text(manifest_text() + "[rig]\nsmile = 1.3\nmuzzle = 0\n")
    assert load(folder).style == Style(smile=1.3, muzzle=0.0)


@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_is_bounded(knob) -> None:
    low, high = BOUNDS[knob]
    for value in (low, high):
        assert read(f"[rig]\n{knob} = {value}\n").faults == []
    for value in (low - 0.01, high + 0.01, '"much"', "nan", "true"):
        (fault,) = read(f"[rig]\n{knob} = {value}\n").faults
        assert f"rig.{knob}" in fault


def test_an_unknown_knob_is_a_fault() -> None:
    (fault,) = read("[rig]\nsmiles = 1\n").faults
    assert "did you mean smile?" in fault
    assert read("[[rig]]\nsmile = 1\n").faults
