"""Write a study's results again and again, each time in a process of its own that is stopped at some moment.

Run as a program (it forks, so it must not be the test process):
``python -m tests.stories.interrupted FOLDER ROUNDS SEED``. Prints one JSON line: how often the folder was absent, old,
new or broken, and whether the last, undisturbed run left things tidy.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kmnet.report.swap import MANIFEST, replace_folder

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def state(folder: Path) -> str:
    """absent, the version written whole, or broken."""
    if not folder.exists():
        return "absent"
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
        whole = there == set(manifest["files"]) and all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in manifest["files"].items()
        )
        return str(manifest["version"]) if whole else "broken"
    except (OSError, ValueError, KeyError):
        return "broken"


def builder(version: int, pause: float) -> Callable[[Path], None]:
    """Writes forty files and a manifest, slowly enough to be caught in the middle."""

    def build(new: Path) -> None:
        files = {}
        for k in range(40):
            content = f"{version} {k} ".encode() * 500
            path = new / ("tables" if k % 2 else ".") / f"{k}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            files[path.relative_to(new).as_posix()] = hashlib.sha256(content).hexdigest()
            time.sleep(pause)
        (new / MANIFEST).write_text(json.dumps({"version": version, "files": files}), encoding="utf-8")

    return build


def write_and_stop(write: Callable[[], None], after: float, how: signal.Signals) -> None:
    """Write in a child and stop it; what the child says goes nowhere."""
    child = os.fork()
    if child == 0:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            write()
        except BaseException:
            os._exit(1)
        os._exit(0)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, how)
    os.waitpid(child, 0)


def main(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    """Stop ``rounds`` runs, then let one finish."""
    chance = random.Random(seed)
    replace_folder(folder, builder(0, 0))
    begun = time.perf_counter()
    replace_folder(folder, builder(0, 0.0005))
    length = time.perf_counter() - begun
    found: Counter[str] = Counter()
    last = 0
    for k in range(1, rounds + 1):
        # A third of the stops fall anywhere, the others round the end, where the folders change places.
        share = chance.random() if k % 3 == 0 else chance.uniform(0.8, 1.15)
        build = builder(k, 0.0005)
        write_and_stop(lambda build=build: replace_folder(folder, build), share * length, SIGNALS[k % 3])
        now = state(folder)
        kind = "new" if now == str(k) else "old" if now == str(last) else now if now == "absent" else "broken"
        found[kind] += 1
        if kind == "new":
            last = k
    replace_folder(folder, builder(rounds + 1, 0))
    litter = sorted(p.name for p in folder.parent.iterdir() if p != folder)
    return {"found": dict(found), "end": state(folder), "litter": litter}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
