"""What `--video` takes: clips, pictures, the card; and files of misleading names."""

from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.shows.sources import footage


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        ("a.mp4", "video", {"path": "a.mp4", "loop": False}),
        ("a.mp4:loop=1", "video", {"path": "a.mp4", "loop": True}),
        ("C:\\a.mp4", "video", {"path": "C:\\a.mp4"}),
        ("a.gif", "video", {"path": "a.gif"}),
        ("face.PNG", "still", {"path": "face.PNG", "frames": 0}),
        ("me, myself.jpeg:fps=5", "still", {"path": "me, myself.jpeg", "fps": 5.0}),
        ("card", "card", {"width": 640, "frames": 0}),
        ("card:width=320,frames=9", "card", {"width": 320, "frames": 9}),
        ("./card", "video", {"path": "./card"}),
    ],
)
def test_what_is_given_decides_what_reads_it(
    text: str, name: str, options: dict[str, object]
) -> None:
    plugin = footage(text)
    assert plugin.name == name
    assert {key: getattr(plugin.options, key) for key in options} == options


@pytest.mark.parametrize("name", ["card", "take:loop=1"])
def test_a_file_that_is_there_wins(name: str) -> None:
    Path(name).write_text("")
    plugin = footage(name)
    assert (plugin.name, plugin.options.path) == ("video", name)


@pytest.mark.parametrize("text", ["a.mp4:lop=1", "a.png:lop=1", "card:lop=1"])
def test_an_option_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no option 'lop'"):
        footage(text)
