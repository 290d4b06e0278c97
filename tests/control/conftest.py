"""A small OBS of our own, for each test a new one."""

import contextlib
from collections.abc import Iterator

import pytest

from tests.control.small_obs import ModelObs, ObsServer


@pytest.fixture
def model() -> ModelObs:
    return ModelObs()


@pytest.fixture
def server(model: ModelObs) -> Iterator[ObsServer]:
    with contextlib.closing(ObsServer(model, "the password")) as made:
        yield made
