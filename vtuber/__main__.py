"""`python -m vtuber`, and the command `vtuber`.

LAW: thread pools do not fight. A show has threads of its own for what may run at the same time;
pools that spin beside them cost up to 50 times (torch: 3 ms became 89 to 250).
"""

import os
import sys

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def main() -> int:
    for name in _ONE_THREAD:  # read when NumPy and OpenCV are imported
        os.environ.setdefault(name, "1")
    from vtuber.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
