"""The judgement of the soak test: what it lets pass, and what not."""

from typing import Any

import pytest

from tests.soak import judged, table
from tests.soakfaults import FAULTS

CALM = {"fault": "tracker killed", "lasted_s": 1.0, "back_s": 1.0, "gap_s": 0.1, "said": 1}
HELD = {"rss_mb": 500.0, "threads": 30.0, "files": 12.0, "gl_objects": 140.0}


def later(**grown: float) -> list[dict[str, float]]:
    """Give what a show held that had grown in its last round."""
    return [HELD] * 3 * len(FAULTS) + [HELD | grown] * len(FAULTS)


def of(**wrong: Any) -> dict:
    """Judge a run of two rounds in which nothing went wrong but this."""
    rounds = 4 * len(FAULTS)
    run: dict[str, Any] = {
        "turns": [CALM] * rounds,
        "held": [HELD] * rounds,
        "summary": None,
        "pieces": [18_000],
        "code": 0,
        "crashes": [],
        "said": [],
        "log": "",
    }
    return judged(600.0, **(run | wrong))


def test_a_show_to_which_nothing_happened_is_well() -> None:
    report = of()
    assert report["is_well"]
    assert "FAILED" not in table(report)


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ({"code": -11}, "no crash"),
        ({"crashes": ["crash-1.txt"]}, "no crash"),
        ({"turns": [CALM | {"gap_s": 2.1}]}, "no gap over 2 s"),
        ({"turns": [CALM | {"said": 2}]}, "each fault said once"),
        ({"turns": [CALM | {"back_s": float("inf")}]}, "all came back"),
        ({"pieces": [17_999]}, "the film is whole"),
        ({"pieces": [18_000, -1]}, "the film is whole"),
        ({"held": later(rss_mb=511.0)}, "memory flat"),
        ({"held": later(threads=32.0)}, "threads, files and OpenGL flat"),
        ({"held": later(gl_objects=148.0)}, "threads, files and OpenGL flat"),
    ],
)
def test_each_thing_that_goes_wrong_is_told(wrong: dict, check: str) -> None:
    report = of(**wrong)
    assert [name for name, ok in report["checks"].items() if not ok] == [check]
    assert not report["is_well"]
    assert f"FAILED  {check}" in table(report)


def test_a_full_disk_excuses_what_it_took_and_no_more() -> None:
    full = CALM | {"fault": "disk full", "lasted_s": 8.0}
    assert of(turns=[full], pieces=[17_800])["checks"]["the film is whole"]
    assert not of(turns=[full], pieces=[17_600])["checks"]["the film is whole"]


def test_the_last_words_of_a_show_that_crashed_are_told() -> None:
    assert "AttributeError" in table(of(code=1, said=["begun", "AttributeError: 'ask'"]))


def test_what_three_rounds_cannot_tell_is_said_to_be_open() -> None:
    report = of(held=[HELD] * (3 * len(FAULTS)))
    assert report["is_well"]
    assert "open    memory flat (it takes four rounds of faults)" in table(report)
    assert "rss_mb" not in table(report)
    assert "rss_mb: 500, at the end 500 (+0.0%)" in table(of())
