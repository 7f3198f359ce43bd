"""The long fuzz: config and readers on anything, for minutes instead of seconds.

``python -m benchmarks.fuzz [EXAMPLES]`` (default 2,000 where the suite takes 60). Besides those,
every sample of every reader is damaged at random (cells, lines and bytes lost, doubled or changed): reading must end in
tables whose ledger adds up, or in problems with codes. Prints what broke, and ends with 1 if anything did.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import traceback
from collections import Counter

from kmnet.config.schema import Source
from kmnet.tables.cells import clean
from kmnet.tables.read import readers
from kmnet.tables.reader import Opened
from kmnet.tables.schema import INPUTS
from tests.tables.test_readers import HERE, KNOWN, SAMPLES, sample, stem

TESTS = ("tests/tables/test_fuzz.py", "tests/config/test_load.py")
ODD = (b"", b'"', b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"=1+1", b"Ann Lee", b"01/02/2023", b"*", b"[", b"{", b"9" * 30,
       b"<", b"&", b"1.", b"data:", b"*Matrix", b"\xe2\x80\xae")  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with a few bytes, cells or lines lost, doubled or changed."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 5, 40))
        way = chance.randrange(4)
        if way == 0:
            data = data[:at] + chance.choice(ODD) + data[at + length :]
        elif way == 1:
            lines = data.split(b"\n")
            one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            data = b"\n".join(lines)
        elif way == 2:
            data = data[:at] + data[at : at + length] * 3 + data[at + length :]
        else:
            data = data[: max(at, 1)] if chance.random() < 0.2 else data[:at] + data[at + length :]
    return data


def readers_hold(examples: int) -> list[str]:
    """Damage every sample so often; what broke, each way once."""
    chance, broke = random.Random(20231122), Counter[str]()
    every = readers()
    for path in SAMPLES:
        expected = json.loads((HERE / f"{stem(path)}.expected.json").read_text(encoding="utf-8"))
        name, data = sample(path, expected)
        source = Source(path=name, **expected["options"])
        for _ in range(examples):
            opened = Opened(
                name, damaged(data, chance), source, INPUTS[expected["table"]], who=lambda t: KNOWN.find(clean(t))[0]
            )
            try:
                found = every[stem(path).split("-")[0]](opened)
                assert found.failed or found.read == len(found.lines) + found.set_aside + found.merged
                assert found.failed or all(len(c) == len(found.lines) for c in found.columns)
                assert not found.failed or found.problems
            except Exception:
                broke[f"{stem(path)}: {traceback.format_exc().strip().splitlines()[-1]}"] += 1
                if broke.total() < 4:
                    traceback.print_exc()
                    print(opened.data[:400])
    return [f"{times} times {what}" for what, times in sorted(broke.items())]


def main(examples: int) -> int:
    wrong = readers_hold(examples)
    print(f"{len(SAMPLES)} samples damaged {examples} times each: {wrong or 'nothing broke'}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "any", *TESTS]
    done = subprocess.run(command, env={**os.environ, "KMNET_FUZZ": str(examples)}, check=False)
    return int(bool(wrong) or done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
