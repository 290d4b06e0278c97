"""Another program is run within its limits: of time, of what it may write, of what it may do."""

import sys
import time

import pytest

from vtuber.runtime.program import MOST_CHARACTERS, Program


def python(code: str) -> Program:
    return Program([sys.executable, "-c", code])


def test_exit_code_and_words_come_back() -> None:
    code = "import sys; print('good'); print('bad', file=sys.stderr); sys.exit(3)"
    with python(code) as program:
        ended = program.wait(20.0)
    assert ended is not None
    assert (ended.code, ended.out, ended.err) == (3, "good\n", "bad\n")


def test_one_that_hangs_is_left_after_the_limit_and_killed_at_the_end() -> None:
    started_s = time.monotonic()
    with python("import time; time.sleep(60)") as program:
        assert program.wait(0.1) is None
    ended = program.wait(5.0)
    assert ended is not None
    assert ended.code != 0
    assert time.monotonic() - started_s < 10
    program.close()


def test_of_a_program_that_babbles_only_the_end_is_kept() -> None:
    code = "import sys\nfor n in range(300): print('x' * 10_000)\nprint('the end')"
    with python(code) as program:
        ended = program.wait(20.0)
    assert ended is not None
    assert ended.code == 0
    assert ended.out.endswith("x\nthe end\n")
    assert len(ended.out) == MOST_CHARACTERS


def test_a_program_gets_no_input_and_the_environment_that_is_given() -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), os.environ['WORD'])"
    with Program([sys.executable, "-c", code], {"WORD": "here"}) as program:
        ended = program.wait(20.0)
    assert ended is not None
    assert ended.out == "'' here\n", ended.err


def test_a_program_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        Program(["no-such-program"])


def test_lines_of_its_errors_are_told_as_they_come() -> None:
    told: list[str] = []
    words = "import sys; sys.stderr.write('one\\ntwo\\n'); print('done')"
    with Program([sys.executable, "-c", words], tell=told.append) as program:
        ended = program.wait(30.0)
    assert ended is not None
    assert (ended.out, ended.err) == ("done\n", "one\ntwo\n")
    assert told == ["one", "two"]
