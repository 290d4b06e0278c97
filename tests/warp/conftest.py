"""The synthetic avatar and its rig, once for all tests of this room."""

from pathlib import Path

import pytest

from tests.bundles import make_bundle
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.warp.rig import Rig


@pytest.fixture(scope="session")
def avatar(tmp_path_factory: pytest.TempPathFactory) -> Avatar:
    folder: Path = tmp_path_factory.mktemp("avatar")
    return load(make_bundle(folder))


@pytest.fixture(scope="session")
def rig(avatar: Avatar) -> Rig:
    return Rig(avatar)
