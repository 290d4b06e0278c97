import contextlib
import dataclasses
import shlex
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core import command as commands
from vtuber.core.command import Command, Hide, Move, SetParameter, SwapAvatar, parse_command
from vtuber.core.errors import UserError

KINDS = typing.get_args(Command)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="'\""), min_size=1)
NUMBERS = st.floats(-999_999, 999_999)


def commands_of(kind):
    fields = dataclasses.fields(kind)
    return st.builds(kind, **{f.name: WORDS if f.type == "str" else NUMBERS for f in fields})


@given(st.sampled_from(KINDS).flatmap(commands_of))
def test_a_command_that_is_written_out_is_read_as_itself(command):
    verb = next(verb for verb, kind in commands.VERBS.items() if kind is type(command))
    values = (str(getattr(command, f.name)) for f in dataclasses.fields(command))
    assert parse_command(" ".join([verb, *values])) == command


def test_every_command_has_a_verb():
    assert set(commands.VERBS.values()) == set(KINDS)


def test_what_may_be_left_out_gets_its_default():
    assert parse_command("move 0.5") == Move(0.5, 0.0)
    assert parse_command("set jawOpen") == SetParameter("jawOpen", None)
    assert parse_command("  hide\n") == Hide()


@pytest.mark.parametrize("path", ["a cat/my avatar", r"C:\me\cat.vtuber", "#1", "it's"])
def test_names_and_paths_may_hold_spaces_and_backslashes(path):
    quoted = f'"{path}"'
    assert parse_command(f"avatar {quoted}") == SwapAvatar(path)


def test_a_path_needs_no_quotes_for_backslashes():
    assert parse_command(r"avatar C:\me\cat.vtuber") == SwapAvatar(r"C:\me\cat.vtuber")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no command called ''; choose one of: avatar, expression"),
        ("dance", "no command called 'dance'"),
        ("move", r"cannot read the command 'move'; write: move X \[Y\]"),
        ("move 1 2 3", r"write: move X \[Y\]"),
        ("hide now", "write: hide$"),
        ("zoom big", "factor is a number below a million, not 'big'"),
        ("zoom nan", "not 'nan'"),
        ("zoom inf", "not 'inf'"),
        ("move 1e6", "not '1e6'"),
        ("avatar 'cat", "cannot read the command"),
    ],
)
def test_a_wrong_command_is_refused_in_words(text, says):
    with pytest.raises(UserError, match=says):
        parse_command(text)


@given(st.text())
def test_any_line_is_a_command_or_a_fault_of_the_user(text):
    with contextlib.suppress(UserError):
        parse_command(text)


@given(WORDS)
def test_what_a_shell_would_quote_is_read_back(name):
    assert parse_command(f"toggle {shlex.quote(name)}").name == name
