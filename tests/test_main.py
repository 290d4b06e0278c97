"""The command's own process: its thread pools."""

import subprocess
import sys


def test_the_command_gives_blas_and_opencv_one_thread_each() -> None:
    code = (
        "import sys; sys.argv = ['vtuber', 'doctor', '--help']\n"
        "from vtuber.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "import cv2, os; print(cv2.getNumThreads(), os.environ['OPENBLAS_NUM_THREADS'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1 1"
