"""Real OBS is set up, followed and asked: the checks of `check_obs_setup.py`."""

from pathlib import Path

import pytest

from tests.real.studio import missing, run_alone

pytestmark = pytest.mark.alone


@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
@pytest.mark.timeout(300)
def test_obs_is_set_up_once_followed_and_never_a_show_s_error() -> None:
    run_alone(Path(__file__).with_name("check_obs_setup.py"))
