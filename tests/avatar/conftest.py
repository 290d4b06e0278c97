"""A small synthetic bundle, fresh for each test."""

from pathlib import Path

import pytest

from tests.bundles import make_bundle


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return make_bundle(tmp_path / "small")
