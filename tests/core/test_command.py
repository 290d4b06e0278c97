import contextlib
import dataclasses
import shlex
import typing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vtuber.core import command as commands
from vtuber.core.command import (
    Command,
    Hide,
    HideItem,
    Move,
    MoveItem,
    Rotate,
    SetExpression,
    SetParameter,
    ShowItem,
    SwapAvatar,
    Toggle,
    format_command,
    parse_command,
)
from vtuber.core.errors import UserError
from vtuber.core.speech import Say

KINDS = typing.get_args(Command)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
NUMBERS = st.floats(-999_999, 999_999)
VALUES = {
    "str": WORDS,
    "float": NUMBERS,
    "float | None": st.none() | NUMBERS,
    "bool | None": st.none() | st.booleans(),
    "bool": st.booleans(),
    "Colour | None": st.none() | st.tuples(*[st.integers(0, 255)] * 3),
    "CalibrationName": st.sampled_from(typing.get_args(commands.CalibrationName)),
    "Pin | None": st.none() | st.sampled_from(typing.get_args(commands.Pin)),
}
SECONDS = st.floats(0, 999_999)


def values_of(field):
    if field.name == "over_s":
        return SECONDS | st.just(field.default)
    return VALUES[field.type]


def commands_of(kind):
    built = st.builds(kind, **{f.name: values_of(f) for f in dataclasses.fields(kind)})
    return built.filter(lambda command: command.text) if kind is Say else built


@given(st.sampled_from(KINDS).flatmap(commands_of))
@example(SetParameter("over", 3.0, 0.5, performer="over"))
@example(SetParameter("over", 3.0))
@example(SetParameter("over", None, 3.0))
@example(SetExpression("over"))
@example(Toggle("on", False, performer="to"))
@example(Hide(over_s=1.0))
@example(ShowItem("at", "over", at="head", over_s=2.0))
@example(ShowItem("over", "at"))
@example(MoveItem("to", 0.5, to=True))
@example(Say('to say: it\'s "over" over 5'))
@example(Say("say", performer="it's me"))
def test_a_command_that_is_written_out_is_read_as_itself(command):
    assert parse_command(format_command(command)) == command


def test_commands_are_written_as_people_write_them():
    for text in (
        "@alice zoom to 1.2 over 0.5", "move 0.1 -0.05", "move to 0.1", "hide on", "reset over 1",
        "toggle hat off", "outfit", "outfit sailor", "set jawOpen 0.5 over 0.2", "set jawOpen",
        "quit", "item mug show mug.gif at hand", "item mug show at head over 1", "item hat hide",
        "item hat drop over 1", "item hat zoom 1.2", "item hat behind on",
        "@alice item hat move to 0.1 0.2 over 2",
        "tint #ffcc99 over 1", "tint off", "@all brightness 0.8", "outline #ffffff 0.01", "shadow",
        "shadow on over 0", "plain", "background #20c060", "background 'my room.mp4'",
        "say it's [happy] \"me\" over 3",
        "'@my cat' say 'hi'", "skip", "@all hush",
        "'@my cat' expression joy over 1", "avatar 'a cat/my avatar'", "@all hide over 0",
    ):  # fmt: skip
        assert format_command(parse_command(text)) == text


def test_everybody_and_somebody_may_be_named_and_times_be_given():
    assert parse_command("@alice hide on over 1") == Hide(True, 1.0, performer="alice")
    assert parse_command('@"my cat" rotate to -5 over 2') == Rotate(
        -5.0, to=True, over_s=2.0, performer="my cat"
    )
    assert parse_command("expression joy") == SetExpression("joy", 0.2, performer="")
    assert parse_command("move 0.1") == Move(0.1, to=False, over_s=None)
    assert parse_command("item mug show") == ShowItem("mug", "", at=None, over_s=0.2)
    assert parse_command("@all item mug hide over 0") == HideItem(
        "mug", over_s=0.0, performer="all"
    )


def test_every_command_has_a_verb():
    assert set(commands.VERBS.values()) == set(KINDS)


def test_what_may_be_left_out_gets_its_default():
    assert parse_command("move 0.5") == Move(0.5, 0.0)
    assert parse_command("set jawOpen") == SetParameter("jawOpen", None)
    assert parse_command("  hide\n") == Hide()


def test_what_is_said_is_the_rest_of_the_line_as_it_is():
    said = parse_command("""  @bo say   Don't  "stop" over 3, 'tis @all # \\ [happy] fun\n""")
    assert said == Say("""Don't "stop" over 3, 'tis @all # \\ [happy] fun""", performer="bo")
    assert parse_command('"@my cat" say hi') == Say("hi", performer="my cat")


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
        ("expresion joy", "no command called 'expresion'; did you mean expression[?] Else choose"),
        ("move", r"cannot read the command 'move'; write: \[@PERFORMER\] move \[to\] X \[Y\]"),
        ("move 1 2 3", r"write: \[@PERFORMER\] move \[to\] X \[Y\] \[over SECONDS\]$"),
        ("hide now", "write on or off, not 'now'"),
        ("mirror on over 1", r"write: \[@PERFORMER\] mirror \[on\|off\]$"),
        ("expression joy 1 2", r"expression NAME \[AMOUNT\] \[over SECONDS\]$"),
        ("zoom 2 over long", "over is a number below a million, not 'long'"),
        ("zoom 2 over -1", "over is a number of seconds from 0, not '-1'"),
        ("zoom 2 over", "write: "),
        ("calibrate to", "write: "),
        ("@alice", "no command called ''"),
        ("@ hide", "name a performer after @"),
        ("say", r"write: \[@PERFORMER\] say TEXT$"),
        ("@bo say  ", r"write: \[@PERFORMER\] say TEXT$"),
        ("saying hi", "no command called 'saying'"),
        ("@alice quit", "quit is for the whole show; write: quit$"),
        ("tint", r"write: \[@PERFORMER\] tint COLOUR\|off \[over SECONDS\]$"),
        ("outline on", "'on' is no colour; .* or a name such as orange, or off$"),
        ("shadow #000", "write on or off, not '#000'"),
        (
            "@me background red",
            "background is for the whole show; write: background WHAT .over SECONDS.$",
        ),
        ("zoom big", "factor is a number below a million, not 'big'"),
        ("zoom nan", "not 'nan'"),
        ("zoom inf", "not 'inf'"),
        ("move 1e6", "not '1e6'"),
        ("avatar 'cat", "cannot read the command"),
        ("dances", "outfit, set, item, tint, .*, quit$"),
        ("item", "write: item NAME show|hide|drop|move|zoom|rotate|behind"),
        ("item mug eat", r"cannot read the command 'item mug eat'; write: item NAME show\|hide"),
        ("item mug show at foot", "at takes one of: head, hand, canvas; not 'foot'"),
        (
            "item mug show a b",
            r"item NAME show \[FILE\] \[at head\|hand\|canvas\] \[over SECONDS\]$",
        ),
        ("item mug move", r"write: \[@PERFORMER\] item NAME move \[to\] X \[Y\] \[over SECONDS\]$"),
    ],
)
def test_a_wrong_command_is_refused_in_words(text, says):
    with pytest.raises(UserError, match=says):
        parse_command(text)


@given(st.text())
def test_any_line_is_a_command_or_a_fault_of_the_user(text):
    with contextlib.suppress(UserError):
        parse_command(text)


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
def test_what_a_shell_would_quote_is_read_back(name):
    assert parse_command(f"toggle {shlex.quote(name)}").name == name
