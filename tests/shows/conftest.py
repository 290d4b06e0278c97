"""A small avatar, and what a show needs without any device."""

from pathlib import Path

import pytest

from tests.bundles import make_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small synthetic avatar."""
    return make_bundle(tmp_path_factory.mktemp("avatars") / "small")
