"""A fresh OBS for all checks."""

from collections.abc import Iterator

import pytest

from tests.real.studio import Studio, screen
from vtuber.control.obs import Obs


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Make the settings of an OBS with one empty scene, and a screen for it."""
    with screen() as display:
        yield Studio.fresh(tmp_path_factory.mktemp("home"), display)


@pytest.fixture(scope="session")
def obs(studio: Studio) -> Iterator[Obs]:
    """Start it and talk to it."""
    with studio.running() as connection:
        yield connection
