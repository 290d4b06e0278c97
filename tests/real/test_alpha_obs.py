"""Real OBS shows what `alpha` sends: the checks of `check_alpha_obs.py`."""

from pathlib import Path

import pytest

from tests.real.studio import missing, run_alone

pytestmark = pytest.mark.alone


@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
@pytest.mark.timeout(300)
def test_obs_shows_our_pixels_moves_with_us_and_comes_back() -> None:
    run_alone(Path(__file__).with_name("check_alpha_obs.py"))
