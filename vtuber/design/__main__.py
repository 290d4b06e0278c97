"""Draw the avatar that ships, again: `python -m vtuber.design avatars/default`.

Needs skia-python (the extra `design`); no show needs it. The same code on the same machine writes
the same bytes; other processors may round single pixels differently.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vtuber.design.design import MIRO
from vtuber.design.export import export


def main(arguments: list[str]) -> int:
    """Draw into the folder named; exit code 2 when it is not named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m vtuber.design FOLDER\n")
        return 2
    export(MIRO, Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
