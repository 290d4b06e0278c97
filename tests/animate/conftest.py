"""One small avatar for all tests of this room."""

import dataclasses

import pytest

from tests.bundles import make_bundle
from vtuber.avatar.bundle import load
from vtuber.core.pose import Parameter


@pytest.fixture(scope="session")
def avatar(tmp_path_factory):
    """Give an avatar with two expressions, a toggle called hat and a parameter of its own."""
    loaded = load(make_bundle(tmp_path_factory.mktemp("avatar")))
    layers = tuple(
        dataclasses.replace(layer, toggle="hat") if layer.role == "front_hair" else layer
        for layer in loaded.layers
    )
    return dataclasses.replace(
        loaded,
        layers=layers,
        expressions={"joy": {"mouthSmileLeft": 0.8, "blush": 0.5}, "anger": {"browAngryLeft": 1.0}},
        parameters=(Parameter("tailUp"),),
    )
