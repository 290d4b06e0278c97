"""A program that goes before others, where it may; in a process of its own, which then ends."""

import os
import sys

import pytest

from vtuber.runtime.priority import TURN_S, quick_turns
from vtuber.runtime.process import Service
from vtuber.runtime.program import Program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="niceness is of POSIX")
HURRY = """
import os
from vtuber.runtime.priority import hurried
with hurried() as may:
    within = os.nice(0)
print(may, within, os.nice(0))
"""


def said(code: str) -> str:
    with Program([sys.executable, "-c", code]) as program:
        ended = program.wait(20.0)
    assert ended is not None
    assert ended.code == 0, ended.err
    return ended.out.strip()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.skipif(not is_root(), reason="only root may")
def test_where_it_may_it_goes_before_others_and_is_not_slower_than_it_was() -> None:
    assert said(HURRY) == "True -5 0"
    assert said(f"import os; os.nice(-9)\n{HURRY}") == "True -9 -9"


@pytest.mark.skipif(is_root(), reason="root may")
def test_where_it_may_not_nothing_happens() -> None:
    assert said(HURRY) == "False 0 0"


def niceness():
    def answer(task: str):
        yield os.nice(0)
        yield os.nice(0)

    return answer


@pytest.mark.skipif(not is_root(), reason="only root may be quicker than others")
def test_what_somebody_waits_for_goes_before_others_up_to_its_first_result() -> None:
    service: Service[str, int] = Service("nice", niceness, is_urgent=True)
    service.worker.start()
    try:
        service.ask("how nice?")
        replies = [service.take(20.0) for _ in range(3)]
    finally:
        service.worker.ask_to_stop()
        service.worker.join(5.0)
    assert [reply and reply.result for reply in replies] == [-5, max(os.nice(0), 0), None]


@pytest.mark.skipif(not is_root(), reason="only root may be quicker than others")
def test_a_process_of_a_show_takes_its_turn_as_all_others() -> None:
    service: Service[str, int] = Service("nice", niceness)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, before - 3)
    try:
        service.worker.start()
        service.ask("how nice?")
        reply = service.take(20.0)
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)
        service.worker.ask_to_stop()
        service.worker.join(5.0)
    assert reply is not None
    assert reply.result == max(before - 3, 0)


def test_threads_take_quick_turns_meanwhile_and_only_then() -> None:
    before_s = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() == pytest.approx(min(TURN_S, before_s))
    assert sys.getswitchinterval() == before_s
