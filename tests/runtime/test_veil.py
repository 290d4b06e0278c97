"""What a user gives away holds no secret."""

from pathlib import Path

import pytest

from vtuber.runtime.veil import veiled, veiled_table


@pytest.mark.parametrize(
    "text",
    [
        "rtsp://me:SECRET@host/cam",
        "http://SECRET@host/",
        "http://127.0.0.1:9301/control?token=SECRET",
        "alpha:port=9300,password=SECRET,fps=30",
        "{'obs_password': 'SECRET'}",
        '{"token": "SECRET"}',
        "API_KEY=SECRET",
    ],
)
def test_no_secret_is_left(text: str) -> None:
    assert "SECRET" not in veiled(text)
    assert "***" in veiled(text)


def test_what_is_none_stays() -> None:
    for text in ("key j: no such command", "a monkey=bar", "http://127.0.0.1:9301/a@b", "c:/x"):
        assert veiled(text) == text
    assert veiled(f"{Path.home()}/film.mp4") == "~/film.mp4"


def test_settings_are_hidden_by_their_names_at_any_depth_and_in_lists() -> None:
    table = {
        "obs": {"password": "a", "on": True},
        "outputs": ["web:token=b"],
        "keys": {"j": "expression joy"},
        "token": "",
    }
    assert veiled_table(table) == {
        "obs": {"password": "***", "on": True},
        "outputs": ["web:token=***"],
        "keys": {"j": "expression joy"},
        "token": "",
    }
