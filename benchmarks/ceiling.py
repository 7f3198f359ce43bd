"""The ceiling: a log of ten million rows is read within a bounded memory, and what is too much is refused before it is built.

``python benchmarks/ceiling.py [ROWS] [GIGABYTES]`` (default 10,000,000 rows and 1.5 GB of address space above the start).
Prints seconds, the peak of resident memory, and the exit code of a crowd whose ties would not fit.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def write_log(path: Path, rows: int) -> None:
    """A log among 5,000 people; the same bytes each time."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("source,target,date,kind\n")
        state = 20231122
        for begin in range(0, rows, 100_000):
            lines = []
            for _ in range(min(100_000, rows - begin)):
                state = (1103515245 * state + 12345) % (1 << 31)
                one, two, day = state % 5000, (state >> 7) % 5000, 1 + (state >> 11) % 28
                lines.append(f"P{one:04d},P{two:04d},2017-{1 + state % 12:02d}-{day:02d},advice\n")
            file.writelines(lines)


def read_in(room: Path, gigabytes: float) -> None:
    """Read the study in this process under the limit, and say what it took."""
    from kmnet.config.load import load
    from kmnet.tables.read import read

    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    limit = int(pages * resource.getpagesize() + gigabytes * 1e9)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    begun = time.perf_counter()
    loaded = load(room / "config.yaml")
    tables = read(loaded.study, loaded.folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    seconds = time.perf_counter() - begun
    print(f"{len(tables.interactions):,} rows of contacts in {seconds:.0f} s, peak {peak:.2f} GB of memory")


def crowd(room: Path) -> int:
    """A webinar of 4,000 people makes 8 million ties: the exit code of `kmnet check`."""
    people = [f"P{k:04d}" for k in range(4000)]
    (room / "came.csv").write_text("person,workshop\n" + "".join(f"{p},W1\n" for p in people), encoding="utf-8")
    (room / "crowd.yaml").write_text(
        "title: Crowd\ndata: {people: people.csv, attendance: came.csv}\n", encoding="utf-8"
    )
    command = [sys.executable, "-c", "from kmnet.cli import main; main()", "check", str(room / "crowd.yaml")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def main(rows: int, gigabytes: float) -> int:
    with tempfile.TemporaryDirectory() as made:
        room = Path(made)
        (room / "people.csv").write_text("id\n" + "".join(f"P{k:04d}\n" for k in range(5000)), encoding="utf-8")
        (room / "config.yaml").write_text("title: Log\ndata: {people: people.csv, interactions: log.csv}\n", "utf-8")
        write_log(room / "log.csv", rows)
        code = crowd(room)
        print(f"a crowd of 4,000 people: exit code {code}")
        read_in(room, gigabytes)
    return int(code != 3)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 10_000_000, float(given[1]) if len(given) > 1 else 1.5))
