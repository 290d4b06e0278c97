"""`python -m vtuber`, and the command `vtuber`."""

import sys


def main() -> int:
    from vtuber.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
