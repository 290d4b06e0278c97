"""Real OBS shows what `alpha` sends; its checks run where nothing but this machine is reachable.

OBS's remote control listens on every address, and OBS asks its maker for news: so the checks in
`check_alpha_obs.py` run in a network namespace of their own.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ALONE = ("unshare", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
MISSING = [name for name in ("obs", "Xvfb", "unshare", "ip") if shutil.which(name) is None]
if importlib.util.find_spec("obsws_python") is None:
    MISSING.append("obsws-python")


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
@pytest.mark.timeout(300)
def test_obs_shows_our_pixels_moves_with_us_and_comes_back() -> None:
    if subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("no right to make a network namespace")
    checks = Path(__file__).with_name("check_alpha_obs.py")
    pytest_itself = [sys.executable, "-m", "pytest", "-q", "-rP", "-p", "no:cacheprovider"]
    options = ["-o", "python_files=check_*.py", "-o", "addopts="]
    done = subprocess.run(
        [*ALONE, *pytest_itself, *options, str(checks)],
        cwd=checks.parents[2], capture_output=True, text=True,
    )  # fmt: skip
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
