"""The long kill test: the whole of `kmnet analyse`, stopped at random moments by KILL, TERM and INT.

``python benchmarks/kills.py [ROUNDS]`` (default 360). Each round writes to the same folder from a process of its own.
After every stop the folder must be absent, the old results whole, or the new ones whole. Prints the counts.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kmnet.report.swap import MANIFEST  # noqa: E402

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def whole(folder: Path) -> str:
    """absent, whole or broken."""
    import hashlib

    if not folder.exists():
        return "absent"
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return "broken"
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
    right = all(
        (folder / name).exists() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        for name, digest in files.items()
    )
    return "whole" if right and there == set(files) else "broken"


def main(rounds: int) -> int:
    chance = random.Random(20231122)
    with tempfile.TemporaryDirectory() as made:
        room = Path(made)
        for name in ("people.csv", "survey.csv", "respondents.csv"):
            shutil.copy(ROOT / "sample_networks" / "tiny_before_after" / name, room)
        config = room / "config.yaml"
        config.write_text(
            "title: Six people\ndata: {people: people.csv, survey: survey.csv, respondents: respondents.csv}\n"
            "groups: [team]\ninference: {draws: 99}\nshare: inside\n",
            encoding="utf-8",
        )
        command = [sys.executable, "-c", "from kmnet.cli import main; main()", "analyse", str(config)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        length = time.perf_counter() - begun
        found: Counter[str] = Counter()
        tracebacks = 0
        for k in range(rounds):
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(chance.uniform(0, 1.05) * length)
            process.send_signal(SIGNALS[k % 3])
            out, err = process.communicate()
            tracebacks += "Traceback" in out + err
            found[whole(room / "results")] += 1
            if k % 60 == 59:
                print(f"after {k + 1} stops: {dict(found)}", file=sys.stderr, flush=True)
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        litter = sorted(p.name for p in room.iterdir() if p.name.startswith("."))
    print(f"{rounds} runs stopped within {length:.1f} s: {dict(found)}; tracebacks: {tracebacks}; left over: {litter}")
    return int(found["broken"] > 0 or tracebacks > 0 or bool(litter))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 360))
