"""The door of the command line: it opens at once, and whatever happens behind it ends in one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

# The last digits of sums must not depend on the number of processors, and threads that wait for each other cost more
# than sums of this size do. Set before numpy is loaded.
for _library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


def main() -> None:
    """Run ``kmnet`` with the arguments of the process, and end the process.

    Exit codes: 0 done, 1 problems in the data (nothing written), 2 command line or config wrong, 3 a safety limit was
    hit, 4 could not write, 130 stopped, 70 a fault of kmnet itself.
    """
    code = 130
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("Stopped; nothing was left half done.", file=sys.stderr)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line, and give its exit code."""
    from kmnet.console import ended  # a Ctrl-C while libraries load ends as quietly as any other

    return ended(_command, arguments)


def _command() -> click.Command:
    """All commands, imported only once stops are caught."""
    from kmnet.commands import kmnet

    return kmnet


if __name__ == "__main__":
    main()
