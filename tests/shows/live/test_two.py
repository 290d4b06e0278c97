"""Two performers in one show: whom they play, where they stand, and who obeys."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.shows.live.test_direction import Bound, Undrawn, end
from tests.shows.live.test_show import Staged
from tests.shows.waiting import until
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.settings import Settings, SettingsFile, load
from vtuber.shows.engine import PERFORMER, PERFORMERS, load_avatar, role_of
from vtuber.shows.faces.intake import Performance, Replayed
from vtuber.shows.live.assemble import CHECKS
from vtuber.shows.live.direction import Direction
from vtuber.stage import Inputs, Stage
from vtuber.track.facelog import FaceLogWriter
from vtuber.track.replay import replay
from vtuber.warp.rig import Rig


def test_of_two_the_first_stands_left_and_each_in_a_half_of_the_picture() -> None:
    alone = role_of(Settings(), PERFORMER, 1)
    assert (alone.behaviour.view.x, alone.behaviour.view.scale) == (0.0, 1.0)
    for size, scale in (("1280x720", 1.0), ("720x720", 0.625), ("720x1280", 0.352)):
        settings = Settings.model_validate({"size": size, "faces": 2})
        first, second = (role_of(settings, name, 2).behaviour for name in PERFORMERS)
        half = settings.size[0] / settings.size[1] / 2
        assert first.view.x == -second.view.x == pytest.approx(-half / 2)
        assert first.view.scale == second.view.scale == pytest.approx(scale, abs=1e-3)
        assert first.seed != second.seed


def test_the_second_has_an_avatar_and_a_view_of_their_own_and_the_rest_in_common() -> None:
    table = {"faces": 2, "lost": "hold", "second": {"avatar": "pip", "view": {"x": 0.1, "zoom": 2}}}
    settings = Settings.model_validate(table)
    first, second = (role_of(settings, name, 2) for name in PERFORMERS)
    assert (first.avatar, second.avatar) == ("default", "pip")
    assert second.behaviour.view.x == pytest.approx(1280 / 720 / 4 + 0.1)
    assert second.behaviour.view.scale == 2.0
    assert first.behaviour.lost == second.behaviour.lost == "hold"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("faces = 3", "setting faces is 3: input should be 1 or 2"),
        ("[second]\navatar = 'nobody'", "setting second.avatar: no avatar called 'nobody'"),
        ("[second]\nprofile = '../x'", "setting second.profile is '../x'"),
        ("[second]\nlook = 1", "setting second.look is 1: no such setting"),
    ],
)
def test_settings_of_a_second_that_cannot_be_are_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(UserError) as refusal:
        load(path, {}, CHECKS)
    assert said in str(refusal.value)


class Two(Performance):
    """Faces that look away from each other."""

    def face(self, now_ns: int, performer: int = 1) -> Face:
        pose = PoseInput.of({"headYaw": 20.0 if performer == 1 else -20.0})
        return Face(now_ns, 0, True, pose, performer=performer)


def test_a_show_of_two_moves_each_avatar_by_its_own_face(bundle: Path) -> None:
    wishes = {"faces": 2, "second": {"avatar": str(bundle)}, "size": "128x72"}
    staged = Staged(bundle, Two(""), **wishes)
    summary = staged.show.run(1.0)
    assert summary["frames"] == 30
    assert " and " in staged.said[0]
    assert "are drawn by" in staged.said[0]
    picture = staged.show._last_picture
    assert picture is not None
    left, right = np.split(picture.rgba[..., 3].astype(int), 2, axis=1)
    assert left.sum() > 0
    assert right.sum() == pytest.approx(left.sum(), rel=0.25)


class Duet:
    """A stage of two, its direction, and what was said."""

    def __init__(self, path: Path, bundle: Path) -> None:
        self.path, self.bundle = path, bundle
        self.said: list[str] = []
        self.calibrated: list[tuple[str, int]] = []
        self.write("")
        settings = load(path, {})
        self.stage = Stage(Undrawn(), Rig, (320, 180))
        for name in PERFORMERS:
            role = role_of(settings, name, 2)
            self.stage.cast(name, load_avatar(role.avatar), role.behaviour)
        self.direction = Direction(
            settings,
            SettingsFile(path, {}),
            Bound,
            self.said.append,
            lambda: None,
            calibrate=lambda what, performer: self.calibrated.append((what, performer)),
        )
        for watched in self.direction.watched[1:]:
            watched.worker.start()
        self.now_ns = 0

    def write(self, more: str) -> None:
        new = self.path.with_name("new")
        new.write_text(
            f"faces = 2\navatar = '{self.bundle}'\n[second]\navatar = '{self.bundle}'\n{more}"
        )
        new.replace(self.path)

    def beat(self, *commands: str) -> dict[str, object]:
        for text in commands:
            self.direction.offer(parse_command(text))
        self.direction.follow(self.stage, self.now_ns)
        self.now_ns += 1_000_000_000
        faces = {
            name: Face(self.now_ns, 0, True, PoseInput.of({"headYaw": 1.0})) for name in PERFORMERS
        }
        actors = self.stage.advance(self.now_ns, Inputs(faces)).actors
        return {actor.name: actor for actor in actors}


@pytest.fixture
def duet(tmp_path: Path, bundle: Path) -> Iterator[Duet]:
    duet = Duet(tmp_path / "settings.toml", bundle)
    yield duet
    end(duet.direction)


def test_a_command_is_for_one_of_them_or_for_both(duet: Duet) -> None:
    duet.beat()
    duet.beat("calibrate open", "@second calibrate shut", "@all calibrate")
    assert duet.calibrated == [("open", 1), ("shut", 2), ("neutral", 1), ("neutral", 2)]
    before = duet.beat()
    after = duet.beat("@second move 0.1 0 over 0")
    moved = [after[n].placement.x - before[n].placement.x for n in PERFORMERS]  # type: ignore[attr-defined]
    assert moved == pytest.approx([0.0, 0.1])
    duet.beat("@third hide")
    assert duet.said[-1] == "nobody is called 'third'; there is: performer, second"


def test_a_changed_file_moves_the_second_and_only_them(duet: Duet) -> None:
    before = duet.beat()
    duet.write("[second.view]\nx = 0.2\n")
    until(lambda: (duet.direction.reload(duet.stage, duet.now_ns), len(duet.said) > 0)[1])
    assert duet.said == ["settings read again: second"]
    duet.beat()
    after = duet.beat()
    moved = [after[n].placement.x - before[n].placement.x for n in PERFORMERS]  # type: ignore[attr-defined]
    assert moved == pytest.approx([0.0, 0.2])


def test_a_recording_of_two_is_replayed_for_both_and_of_one_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "faces.jsonl"
    with path.open("w") as file:
        writer = FaceLogWriter(file)
        for n in range(3):
            for performer in (1, 2):
                pose = PoseInput.of({"headYaw": float(10 * performer + n)})
                writer.write(Face(n * 10**8, n, True, pose, performer=performer))
    replayed = Replayed(*(lambda n=n: replay(path, pytest.fail, n) for n in (1, 2)))  # type: ignore[misc]
    replayed.open()
    yaw = BASE.index["headYaw"]
    seen = []
    for n in range(3):
        faces = [replayed.face(5 * 10**9 + n * 10**8, performer) for performer in (1, 2)]
        seen.append([float(face.pose.values[yaw]) for face in faces if face and face.pose])
    assert seen == [[10.0, 20.0], [11.0, 21.0], [12.0, 22.0]]
    assert replayed.has_ended
    assert replayed.frames == 3
    replayed.close()
    assert [face.performer for face in replay(path, pytest.fail)] == [1, 1, 1]
    path.write_text(path.read_text().replace('"performer":2', '"performer":7'))
    with pytest.raises(UserError, match="line 2: performer is 7; it is 1 or 2"):
        list(replay(path, pytest.fail))


def test_the_performance_is_played_by_both_and_not_in_step() -> None:
    performance = Performance("")
    times = range(0, 20 * 10**9, 10**8)
    yaws = np.array([[performance.face(t, p).as_dict()["headYaw"] for p in (1, 2)] for t in times])
    assert np.abs(yaws[:, 0] - yaws[:, 1]).max() > 10
