"""Real OBS shows what `alpha` sends, is set up, followed and asked: one OBS for all checks."""

from pathlib import Path

import pytest

from tests.real.studio import missing, run_alone

CHECKS = ("check_alpha_obs.py", "check_obs_setup.py")  # the last one ends OBS


@pytest.mark.alone
@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
@pytest.mark.timeout(600)
def test_obs_shows_our_pixels_is_set_up_followed_and_never_a_show_s_error() -> None:
    run_alone(*(Path(__file__).with_name(name) for name in CHECKS))
