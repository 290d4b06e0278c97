"""The public names load when they are used, and are never hidden by a room of the same name."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import vtuber


@pytest.mark.parametrize("name", sorted(set(vtuber.__all__) - {"__version__"}))
def test_every_public_name_is_there(name: str) -> None:
    assert callable(getattr(vtuber, name))


def test_no_public_name_is_also_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(vtuber.__path__)}
    assert not modules & set(vtuber.__all__)


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(AttributeError, match="still"):
        importlib.import_module("vtuber").nonsense  # noqa: B018


PROGRAM = """
import json, sys
import vtuber

with vtuber.Engine("default", (240, 240)) as engine:
    rest = engine.rgba()
    engine.do("expression joy over 0.5")
    engine.pose({"headYaw": 25.0, "jawOpen": 1.0})
    for beat in range(30):
        engine.wait(1 / 30)
    turned = engine.rgba()
    said = engine.do("hide over 0")
    hidden = engine.rgba()
    seconds = engine.clock.now_ns() / 1e9

heavy = sorted({"torch", "mediapipe", "TTS"} & set(sys.modules))
print(json.dumps([rest.shape, str(rest.dtype), int((rest != turned).sum()), said,
                  int(rest[..., 3].max()), int(hidden.max()), seconds, heavy]))
"""


def test_a_program_moves_a_puppet_with_nothing_but_import_vtuber(tmp_path: Path) -> None:
    repository = Path(vtuber.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(repository)!r})\n" + PROGRAM],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shape, dtype, differing, said, opaque, hidden, seconds, heavy = json.loads(done.stdout)
    assert (shape, dtype, opaque) == ([240, 240, 4], "uint8", 255)
    assert differing > 10_000
    assert said.endswith("is hidden")
    assert hidden == 0
    assert seconds == pytest.approx(1.0)
    assert heavy == []
