"""A program on a pseudo-terminal: what it says is waited for, keys are typed, its mode is seen."""

import os
import re
import select
import signal
import subprocess
from pathlib import Path

LIMIT_S = 30.0


class Terminal:
    """A pseudo-terminal, and the program that it belongs to."""

    def __init__(
        self, *command: str, cwd: Path, env: dict[str, str], is_held: bool = False
    ) -> None:
        self._ours, self._theirs = os.openpty()
        self.mode = self.find_mode()
        if is_held:
            self.write("\x13")  # Ctrl-S
        self.said = ""
        self._seen = 0
        self._program = subprocess.Popen(
            command, cwd=cwd, env=env,
            stdin=self._theirs, stdout=self._theirs, stderr=self._theirs,
            start_new_session=True, preexec_fn=_take_terminal,
        )  # fmt: skip

    def find_mode(self) -> list[object]:
        import termios

        return termios.tcgetattr(self._theirs)

    def write(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def see(self, pattern: str) -> None:
        """Wait for a text (a regular expression) after what was seen last."""
        while (found := re.compile(pattern).search(self.said, self._seen)) is None:
            assert select.select([self._ours], [], [], LIMIT_S)[0], f"{pattern!r}: {self.said!r}"
            self.said += os.read(self._ours, 4096).decode()
        self._seen = found.end()

    def wait(self) -> int:
        return self._program.wait(LIMIT_S)

    def close(self) -> None:
        """End the program and all that it started."""
        if self._program.poll() is None:
            os.killpg(self._program.pid, signal.SIGKILL)
            self._program.wait()
        os.close(self._ours)
        os.close(self._theirs)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
