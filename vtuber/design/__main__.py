"""Draw the avatar that ships, again: `python -m vtuber.design avatars/default`.

Needs skia-python (the extra `design`); no show needs it. The same code on the same machine writes
the same bytes; other processors may round single pixels differently.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Draw into the folder named; exit code 2 when it is not named, or Skia is missing."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m vtuber.design FOLDER\n")
        return 2
    try:
        from vtuber.design.design import MIRO
        from vtuber.design.export import export
    except ImportError as error:
        sys.stderr.write(f"drawing needs Skia ({error}): pip install 'vtuber[design]'\n")
        return 2
    export(MIRO, Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
