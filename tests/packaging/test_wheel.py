"""The sdist makes a wheel, and the wheel alone, without the checkout, makes a picture."""

import email
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
NOT_SOURCE = shutil.ignore_patterns(
    ".git",
    ".*_cache",
    ".venv",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
    "*.egg-info",
    "tests",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist from a copy of the checkout, and from that the wheel."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(REPOSITORY, folder / "copy", ignore=NOT_SOURCE)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, folder / "copy"],
        check=True, capture_output=True,
    )  # fmt: skip
    shutil.rmtree(folder / "copy")
    [built] = folder.glob("vtuber-*.whl")
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment that has the wheel and the libraries, but no way to the checkout.

    The libraries are those of the environment of these tests, by a path file. Path files inside
    that folder, the editable vtuber's among them, are not read through it.
    """
    home = tmp_path_factory.mktemp("clean") / "env"
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    python = home / SCRIPTS / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
         "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    site = sysconfig.get_path("purelib", "venv", vars={"base": str(home)})
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def _run(clean: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [clean / SCRIPTS / program, *words],
        cwd=clean.parent, env=env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_the_wheel_holds_all_that_ships_and_nothing_else(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"vtuber/_data/{path.relative_to(REPOSITORY).as_posix()}"
        for kind in ("shaders", "avatars")
        for path in (REPOSITORY / kind).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    code = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "vtuber").rglob("*")
        if path.is_file() and path.suffix in {".py", ".html", ".js", ".css", ".typed"}
    }
    assert any(name.endswith("avatar.toml") for name in shipped)
    assert shipped | code <= held
    assert {name.split("/")[0] for name in held} == {"vtuber", "vtuber-0.1.0.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_wheel_asks_for_neither_torch_nor_a_second_opencv(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read("vtuber-0.1.0.dist-info/METADATA"))
    needs = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert any(line.startswith("mediapipe==") for line in needs)
    assert not [line for line in needs if line.startswith(("torch", "opencv"))]
    assert metadata["Requires-Python"] == "<3.13,>=3.11"


def test_the_clean_environment_does_not_see_the_checkout(clean: Path) -> None:
    done = _run(
        clean, "python", "-c", "import sys, vtuber; print(vtuber.__file__, *sys.path, sep='\\n')"
    )
    assert done.returncode == 0, done.stderr
    package, *paths = done.stdout.splitlines()
    assert Path(package).is_relative_to(clean)
    assert str(REPOSITORY) not in paths


def test_help_runs_from_the_wheel(clean: Path) -> None:
    done = _run(clean, "vtuber", "--help")
    assert done.returncode == 0, done.stderr
    assert "doctor" in done.stdout


def test_the_doctor_finds_the_wheels_own_files(clean: Path) -> None:
    done = _run(clean, "vtuber", "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["files"]["state"] == "ok"
    assert checks["opengl"]["state"] == "ok"
    assert done.returncode == 0


def test_a_still_is_drawn_from_the_wheel(clean: Path) -> None:
    picture = clean.parent / "out.png"
    done = _run(
        clean, "vtuber", "still", "--avatar", "default", "--pose", '{"headYaw": 20}',
        "--size", "320x180", "-o", str(picture),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head = picture.read_bytes()[:26]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (320, 180)
    assert head[25] == 6  # colour type: RGBA
