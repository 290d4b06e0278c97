"""What drawings taught is a file that anybody may hand on: read whole, bounded, told when wrong."""

import json

import pytest

from tests.bundles import make_bundle
from vtuber.avatar.bundle import BadAvatar, load
from vtuber.avatar.fit import MAX_LESSONS, Fit, Lesson, parse_fit, write_fit

FIELD = [0.01 * i for i in range(20)]
WHOLE = {
    "format": 1,
    "lessons": [
        {"pose": {"jawOpen": 1}, "fields": {"mouth": FIELD}, "gains": {"mouth": {"open_lip": -0.3}}}
    ],
    "depth": {"nose": [0.1, 0, -0.02]},
}


def changed(**more):
    return json.dumps({**WHOLE, **more})


def lesson(**more):
    return changed(lessons=[{**WHOLE["lessons"][0], **more}])


def test_what_is_written_is_read() -> None:
    fit = parse_fit(json.dumps(WHOLE))
    assert fit == Fit(
        (Lesson({"jawOpen": 1.0}, {"mouth": tuple(FIELD)}, {"mouth": {"open_lip": -0.3}}),),
        {"nose": (0.1, 0.0, -0.02)},
    )
    assert parse_fit(write_fit(fit)) == fit


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "[" * 5000, changed(format=2), changed(lessons=3), changed(depth=[1]),
        changed(lessons=[WHOLE["lessons"][0]] * (MAX_LESSONS + 1)),
        changed(depth={"nose": [0.1]}), changed(depth={"snout": [0.1, 0, 0]}),
        changed(depth={"nose": [0.1, 0, 9]}), lesson(pose={"jawOpne": 1}), lesson(pose=None),
        lesson(pose={"jawOpen": True}), lesson(fields={"hand": FIELD}), lesson(gains={}),
        lesson(fields={"mouth": FIELD[:-1]}), lesson(fields={"mouth": [*FIELD[:-1], "x"]}),
        lesson(gains={"mouth": {"open_lip": 3}}), lesson(gains={"mouth": [1]}),
        json.dumps(WHOLE).replace("-0.3", "NaN"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_fit(text)


def test_an_avatar_comes_with_its_fit_and_a_broken_one_is_a_fault(tmp_path) -> None:
    folder = make_bundle(tmp_path)
    assert load(folder).fit is None
    (folder / "fit.json").write_text(json.dumps(WHOLE))
    assert load(folder).fit == parse_fit(json.dumps(WHOLE))
    (folder / "fit.json").write_text(lesson(pose={"jawOpne": 1}))
    with pytest.raises(BadAvatar, match=r"fit\.json: says jawOpne = 1"):
        load(folder)
    (folder / "fit.json").write_bytes(b"\xff\xfe")
    with pytest.raises(BadAvatar, match=r"fit\.json"):
        load(folder)
