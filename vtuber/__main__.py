"""`python -m vtuber`, and the command `vtuber`.

LAW: thread pools do not fight. A show has threads of its own for what may run at the same time;
pools that spin beside them cost up to 50 times (torch: 3 ms became 89 to 250).
"""

import contextlib
import os
import sys
import threading

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def main() -> int:
    for name in _ONE_THREAD:  # read when NumPy and OpenCV are imported
        os.environ.setdefault(name, "1")
    try:
        from vtuber.cli.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while something was imported
        return 130
    _leave_threads_behind(code)
    return code


def _leave_threads_behind(code: int) -> None:
    """End at once when a thread hangs in a driver or an import, after the show has waited for it.

    Python's own exit would end it within C++, which aborts the program.
    """
    if threading.active_count() > 1:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
