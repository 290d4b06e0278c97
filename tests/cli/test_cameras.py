"""`vtuber cameras`, on a machine that may have none."""

import json

from tests.cli.conftest import Run


def test_cameras_are_listed_for_people_and_for_programs(vtuber: Run) -> None:
    told = vtuber("cameras")
    assert told.returncode == 0, told.stderr
    listed = json.loads(vtuber("cameras", "--json").stdout)
    assert isinstance(listed, list)
    lines = told.stdout.splitlines()
    if not listed:
        assert lines == ["no camera: plug one in, or play a clip with `vtuber run --video FILE`"]
    for camera, line in zip(listed, lines, strict=False):
        assert str(camera["index"]) in line
        assert camera["name"] in line
