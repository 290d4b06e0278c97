"""What the tests run in spawned processes: functions that another Python can import."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from vtuber.core.errors import UserError


def spell():
    """Answer with letters, numbers of bytes, or what the word asks for."""

    def answer(word):
        if word == "bad":
            yield "b"
            raise ValueError("cannot say bad")
        if word == "connection":
            raise ConnectionResetError("the model's server hung up")
        if word == "die":
            yield "d"
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        if word == "deaf":
            yield from str(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
            return
        if word == "odd":
            yield "o"
            yield lambda: None  # cannot be pickled
        if isinstance(word, Path):
            while not word.exists():
                time.sleep(0.01)
            return
        if word == "endless":
            while True:
                yield "e"
        if isinstance(word, int):
            yield bytes(word)
        else:
            yield from word

    return answer


def fail(length):
    raise ValueError("x" * length)


def lack(what):
    raise UserError(f"no {what}; install it")


def fail_at_first(path):
    """Fail unless it was tried before."""
    if not Path(path).exists():
        Path(path).touch()
        raise ValueError("the first time")
    return spell()


def be_deaf(path):
    def answer(word):
        Path(path).write_text(str(os.getpid()))
        while True:
            time.sleep(60)
            yield word

    return answer


if __name__ == "__main__":  # a show that a test kills
    sys.path[:0] = sys.argv[2:]
    from tests.runtime.children import be_deaf as make
    from vtuber.runtime.process import Service

    service = Service("voice", make, sys.argv[1])
    service.worker.start()
    service.ask("something")
    service.worker.join(60)


def niceness():
    """Answer with how nice this was when it began, and how nice it is now."""
    begun = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def answer(_):
        yield begun, os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    return answer
