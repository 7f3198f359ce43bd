"""A config file to a :class:`~kmnet.config.schema.Study`, or to the list of everything that is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kmnet.config.crosscheck import Origin, crosscheck
from kmnet.config.files import missing_files, read_text
from kmnet.config.judge import judge
from kmnet.config.nodes import Parsed, parse
from kmnet.config.schema import Source, Study
from kmnet.errors import ConfigError, Place, Problem

WITHDRAWN = "withdrawn.csv"
"""Where a withdrawal is recorded, beside the config. It is always obeyed: nobody comes back because a line was forgotten."""


@dataclass(frozen=True)
class Loaded:
    """A study and where it stands.

    Attributes
    ----------
    study : Study
        The settings, defaults filled in.
    folder : Path
        The config's own folder (absolute): every path of the config is relative to it.
    text : str
        The config as it was read.
    path : Path
        The config file, as the user named it.
    """

    study: Study
    folder: Path
    text: str
    path: Path

    def file(self, source: Source) -> Path:
        """Where an input file lies."""
        return self.folder / source.path

    def placed(self, problems: Iterable[Problem], file: str) -> tuple[Problem, ...]:
        """Problems that name a setting in place of a file, with the line and column where it stands in the config."""
        tree: Parsed | None = None
        out = []
        for problem in problems:
            if problem.place.column and not problem.place.file:
                tree = tree or parse(self.text, file)
                steps = (int(s) if s.isdecimal() else s for s in problem.place.column.split("."))
                path = tuple(steps)
                problem = replace(problem, place=tree.place(path, file) if tree.known(path) else Place(file))
            out.append(problem)
        return tuple(out)

    @property
    def output(self) -> Path:
        """Where the output folder is to stand."""
        return self.folder / self.study.output

    @property
    def key(self) -> Path:
        """The file of the key behind the codes for people."""
        return self.folder / self.study.disclosure.key


def load(path: str | Path, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Read a config.

    Parameters
    ----------
    path : str or Path
        The YAML file.
    overrides : mapping, optional
        Settings given on the command line, by dotted name: ``{"seed": 7, "compute.workers": 2}``; None is ignored.
        An ``output`` given here is relative to the working directory and may lie anywhere that holds no input; one
        of the config must lie inside the config's folder.

    Raises
    ------
    ConfigError
        With every problem that was found, in the order of the file.
    """
    path = Path(path)
    text = read_text(path)
    tree = parse(text, str(path))
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    if "output" in given:
        given["output"] = str(Path(given["output"]).absolute())
    study, problems, unsure = judge(_set(copy.deepcopy(tree.value), given), tree, str(path))
    folder = path.resolve().parent
    origin = Origin(folder, tree, path, unsure, "output" in given)
    problems = [*tree.problems, *problems, *missing_files(tree, folder, str(path)), *crosscheck(study, origin)]
    if problems:
        raise ConfigError(problems)
    return Loaded(_obeying(study, folder), folder, text, path)


def _obeying(study: Study, folder: Path) -> Study:
    """The study with the withdrawals that ``kmnet forget`` recorded beside the config, whether the config names them or not."""
    named = any(source.path.removeprefix("./") == WITHDRAWN for source in study.data.withdrawn)
    if named or not (folder / WITHDRAWN).is_file():
        return study
    withdrawn = (*study.data.withdrawn, Source(path=WITHDRAWN))
    return study.model_copy(update={"data": study.data.model_copy(update={"withdrawn": withdrawn})})


def _set(value: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    for name, new in given.items():
        box = value
        *blocks, last = name.split(".")
        for block in blocks:
            if not isinstance(box.get(block), dict):
                box[block] = {}
            box = box[block]
        box[last] = new
    return value
