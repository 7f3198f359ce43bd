"""How kmnet talks: data on stdout, talk on stderr, one line a problem, and one exit code for each kind of end."""

from __future__ import annotations

import _thread
import contextlib
import json
import os
import re
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from kmnet.errors import KmnetError, Problem

SHOWN = 20
"""Problems of one code that are shown; the rest are counted."""

FEW = 3
"""Problems that so many files have alike are shown one by one; those of more files are one line."""

_COUNT = re.compile(r"^\d[\d,]* (?:more )?(?:rows?|marks?|forms?|columns?)|\s*\(\d[\d,]* rows\)")
_NUMBER = re.compile(r"\d[\d,]*(?= (?:more )?(?:rows?|marks?|forms?|columns?))")

OUR_FAULT = 70


def ended(command: Callable[[], click.Command], arguments: list[str]) -> int:
    """Run a command line to its end, and say with which exit code; the command is fetched once stops are caught."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console that cannot show a letter shows its number
    with _signals() as stops:
        try:
            return _run(command, arguments, stops)
        except (click.Abort, KeyboardInterrupt):
            talk("Stopped; nothing was left half done.")
            return 130


def _run(command: Callable[[], click.Command], arguments: list[str], stops: list[int]) -> int:
    try:
        code = command().main(arguments, prog_name="kmnet", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.Abort:  # click's word for Ctrl-C
        raise
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KmnetError as error:
        tell(error.problems)
        return error.exit_code
    except BrokenPipeError:  # `kmnet measures | head`: who reads has had enough
        _close_quietly()
        return 0
    except MemoryError:
        talk("There is not enough memory for this study. Fewer or smaller inputs, or `limits:` in the config, help.")
        return 3
    except OSError as error:
        talk(f"A file could not be read or written: {error.strerror or type(error).__name__}.")
        return 4
    except Exception as error:
        if stops:  # a library caught the stop while it was being imported and told it as a failure of its own
            raise KeyboardInterrupt from None
        talk(f"kmnet met a fault of its own ({type(error).__name__}); please report it with the file {_trace(error)}")
        return OUR_FAULT


@contextlib.contextmanager
def _signals() -> Iterator[list[int]]:
    """Ctrl-C and SIGTERM end a run alike: what was begun is cleared away. Gives the list of stops received."""
    stops: list[int] = []

    def stop(number: int, frame: Any) -> None:
        stops.append(number)
        raise KeyboardInterrupt

    try:
        before = [(number, signal.signal(number, stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    except ValueError:  # not the main thread
        yield stops
        return
    told = sys.unraisablehook

    def again(swallowed: sys.UnraisableHookArgs) -> None:
        """A stop that fell into a callback of the interpreter is lost there: it comes once more, a moment later."""
        if not issubclass(swallowed.exc_type, KeyboardInterrupt):
            return told(swallowed)
        later = threading.Timer(0.01, _thread.interrupt_main)
        later.daemon = True
        return later.start()

    sys.unraisablehook = again
    try:
        yield stops
    finally:
        sys.unraisablehook = told
        for number, handler in before:
            signal.signal(number, handler)


def _close_quietly() -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _trace(error: BaseException) -> str:
    """A file with the way to a fault; messages are left out, because they may hold cells of the data."""
    lines = []
    while error is not None:
        lines.append(f"{type(error).__name__}\n")
        lines += [
            f"  {f.filename}:{f.lineno} in {f.name}\n    {f.line}\n" for f in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    try:
        handle, path = tempfile.mkstemp(prefix="kmnet-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.writelines(lines)
    except OSError:
        return "(which could not be written)"
    return path


def talk(text: str = "") -> None:
    """Say something to the person at the terminal."""
    click.echo(text, err=True)


def tell(problems: Iterable[Problem]) -> None:
    """One line a problem on stderr, errors last so that they are seen; at most 20 of a code, and how many there are.

    What several files have alike, and needs nothing to be done, is told in one line with the first places.
    """
    rank = {"note": 0, "warning": 1, "error": 2}
    problems = sorted(problems, key=lambda p: (rank[p.severity], p.order))
    alike: defaultdict[_Kind, list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[_kind(problem)].append(problem)
    many = {kind for kind, found in alike.items() if _are_many(found)}
    apart = [p for p in problems if _kind(p) not in many]
    total = Counter(p.code for p in apart)
    said: Counter[str] = Counter()
    for kind in (kind for kind in alike if kind in many):
        talk(_together(alike[kind]))
    for problem in apart:
        said[problem.code] += 1
        if said[problem.code] <= SHOWN:
            talk(str(problem))
        elif said[problem.code] == total[problem.code]:
            talk(
                f"... {total[problem.code] - SHOWN} more of {problem.code} {problem.name}: {total[problem.code]} in all"
                " (`--json` lists them)"
            )
    kinds = Counter(p.severity for p in problems)
    if problems:
        talk(
            ", ".join(f"{kinds[k]} {k}{'s' if kinds[k] > 1 else ''}" for k in ("error", "warning", "note") if kinds[k])
            + "."
        )


_Kind = tuple[str, str, str]


def _kind(problem: Problem) -> _Kind:
    """What problems share that say the same of other rows."""
    return problem.code, problem.severity, _COUNT.sub("", problem.message)


def _are_many(alike: list[Problem]) -> bool:
    """Whether several files have a finding that needs nothing to be done, or shows no cell: one line tells them all."""
    first = alike[0]
    quiet = first.fix.startswith("Nothing") or not any(p.seen for p in alike)
    return first.severity != "error" and quiet and len({p.place.file for p in alike}) > FEW


def _together(problems: list[Problem]) -> str:
    """One line for problems that say the same: of how many rows, in how many places, and the first of them."""
    first = problems[0]
    counts = [int(found[0].replace(",", "")) if (found := _NUMBER.search(p.message)) else 1 for p in problems]
    places = ", ".join(str(p.place) for p in problems[:FEW])
    what = _COUNT.sub("", first.message).lstrip(": ")
    return (
        f"{first.severity} {first.code} {first.name}: {what}: {sum(counts):,} in {len(problems)} places "
        f"({places} and {len(problems) - FEW} more). {first.fix}"
    )


def findings_json(command: str, problems: Iterable[Problem], **more: Any) -> str:
    """The same findings for a program: a stable schema, version 1."""
    rows = [
        {
            "code": p.code, "name": p.name, "severity": p.severity, "file": p.place.file, "line": p.place.line,
            "column": p.place.column, "message": p.message, "fix": p.fix, "seen": p.seen,
        }
        for p in sorted(problems, key=lambda p: p.order)
    ]  # fmt: skip
    return json.dumps({"version": 1, "command": command, **more, "findings": rows}, ensure_ascii=False, indent=1)


class Bar:
    """A line that shows how far the work is: on a terminal only, and only once the work has taken two seconds."""

    def __init__(self, quiet: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = not quiet and sys.stderr.isatty()
        self.clock = clock
        self.begun = clock()
        self.drawn = False

    def __call__(self, what: str, share: float) -> None:
        if not self.on or self.clock() - self.begun < 2:
            return
        full = int(30 * min(max(share, 0), 1))
        click.echo(f"\r[{'#' * full}{'.' * (30 - full)}] {share:4.0%} {what[:40]:<40}", err=True, nl=False)
        self.drawn = True

    def done(self) -> None:
        """Clear the line."""
        if self.drawn:
            click.echo("\r" + " " * 80 + "\r", err=True, nl=False)
