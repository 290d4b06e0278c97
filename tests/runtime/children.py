"""What the tests run in spawned processes: functions that another Python can import."""

import os
import signal
import sys
import time
from pathlib import Path


def write(stop, path, text):
    Path(path).write_text(text)


def fail(stop, length):
    raise ValueError("x" * length)


def wait_until_asked(stop, path):
    Path(path).write_text(str(os.getpid()))
    stop.wait()
    Path(path).write_text("asked")


def ignore_everything(stop, path):
    Path(path).write_text(str(os.getpid()))
    while True:
        time.sleep(60)


def kill_itself(stop):
    os.kill(os.getpid(), signal.SIGKILL)


def be_interrupted(stop, path):
    os.kill(os.getpid(), signal.SIGINT)
    Path(path).write_text("still here")


if __name__ == "__main__":  # a show that a test kills
    sys.path[:0] = sys.argv[2:]
    from tests.runtime.children import wait_until_asked as job
    from vtuber.runtime.worker import Worker, in_process

    worker = Worker("voice", in_process(job, sys.argv[1]))
    worker.start()
    worker.join(60)
