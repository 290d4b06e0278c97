"""Where tests find foreign data, and the switch that renews golden images."""

import os
from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

# An example may take long on a busy machine, or when it is the first that imports a library.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden images anew")


@pytest.fixture(scope="session")
def data() -> Path:
    """Give the folder of real faces and clips, or skip."""
    folder = Path(os.environ.get("VTUBER_TEST_DATA", REPOSITORY / "../shared/data")).resolve()
    if not (folder / "SOURCES.md").is_file():
        pytest.skip(f"no test data at {folder}; set VTUBER_TEST_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def clip(data: Path) -> Path:
    """Give the selfie clip that the acceptance of the main job names (512x480, 30 fps)."""
    return data / "video" / "lp_d9.mp4"


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
