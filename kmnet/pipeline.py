"""The whole story on one page: config to study, study to tables, tables to networks, networks to numbers, numbers to
what may be shown, and that to a folder."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kmnet import design, gather, modelling
from kmnet.compare.comparison import Settings
from kmnet.compare.run import compare
from kmnet.config.load import Loaded, load
from kmnet.errors import ConfigError, KmnetError, Problem
from kmnet.measures.run import Measured, run
from kmnet.network.network import Label, Network
from kmnet.network.snapshots import Snapshots, snapshots
from kmnet.network.turnout import turnout
from kmnet.results import Results
from kmnet.share.codes import read_key
from kmnet.share.levels import share as shared
from kmnet.tables.read import read
from kmnet.tables.schema import Tables

Progress = Callable[[str, float], None]
"""Called with what is being done and the share (0 to 1) of the whole job done so far."""


@dataclass(frozen=True)
class Checked:
    """What a check found: the study, its tables, its networks, and every finding (warnings too)."""

    loaded: Loaded
    tables: Tables
    shots: Snapshots

    @property
    def findings(self) -> tuple[Problem, ...]:
        """All findings in canonical order."""
        found = self.loaded.placed((*self.tables.findings, *self.shots.findings), self.loaded.path.name)
        return tuple(sorted(found, key=lambda p: p.order))


def check(
    config: str | Path,
    overrides: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    look: Callable[[Loaded, Tables], None] | None = None,
) -> Checked:
    """Read and check a study; the same path as :func:`analyse`, up to the networks.

    ``look`` is shown the tables as far as they could be made, before errors among them are raised.

    Raises
    ------
    ConfigError, DataError, LimitError
        With every problem found.
    """
    say = progress or _quiet
    say("reading the config", 0.0)
    loaded = load(config, overrides)
    try:
        return _checked(loaded, say, look or _unseen)
    except KmnetError as wrong:
        wrong.retell(loaded.placed(wrong.problems, str(loaded.path)))
        raise


def _checked(loaded: Loaded, say: Progress, look: Callable[[Loaded, Tables], None]) -> Checked:
    say("reading tables", 0.02)
    tables = read(loaded.study, loaded.folder, lambda path: say(f"reading {path}", 0.02), partial(look, loaded))
    say("building networks", 0.15)
    try:
        shots = snapshots(loaded.study, tables)
        if wrong := [*design.unknown(loaded.study, shots), *modelling.unknown(loaded.study, tables, shots)]:
            raise ConfigError(wrong)
    except KmnetError as stopped:  # what was noticed while reading often is the reason
        stopped.retell((*tables.findings, *stopped.problems))
        raise
    return Checked(loaded, tables, shots)


def _unseen(loaded: Loaded, tables: Tables) -> None:
    pass


def measured(checked: Checked, progress: Progress | None = None) -> Results:
    """Measure and compare; people still carry their own ids, and no name is in it."""
    say = progress or _quiet
    study, tables, shots = checked.loaded.study, checked.tables, checked.shots
    chance = Settings(study.inference.draws, study.seed, study.compare is not None and study.compare.force)

    say("measuring", 0.2)
    found = _each(shots.networks, partial(run, seed=chance.seed, further=True), study.compute.workers)
    known = {id(network): found[network.label] for network in shots.networks}

    def measure(network: Network) -> Measured:
        return known.get(id(network)) or run(network.among_present, seed=chance.seed)

    say("comparing", 0.5)
    compared = compare(
        design.comparisons(study, tables, shots),
        measure,
        chance,
        snapshots=shots.networks,
        evidence=design.followed(tables, shots),
        focus=shots.focus,
        company=design.company(tables),
        models=modelling.models(study, tables, shots),
        others=design.others(study, tables, shots),
    )
    say("gathering", 0.7)
    came, moments = turnout(study, tables), design.moments(study, shots)
    return gather.results(checked.loaded, tables, shots, found, compared, came, checked.findings, moments)


def _each(networks: Sequence[Network], measures: Callable[[Network], Measured], workers: int) -> dict[Label, Measured]:
    """Measure networks, in several processes where asked for: each draws from its own label, so nothing else differs."""
    present = [network.among_present for network in networks]
    if workers == 1:
        values = [measures(network) for network in present]
    else:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            values = list(pool.map(measures, present))
    return dict(zip((network.label for network in networks), values))


def analyse(
    config: str | Path, overrides: Mapping[str, Any] | None = None, progress: Progress | None = None
) -> Results:
    """The main job without writing: everything found, at the sharing level that the config (or ``share``) asks for.

    Parameters
    ----------
    config : str or Path
        The YAML file.
    overrides : mapping, optional
        Settings by dotted name that win over the file: ``{"share": "public", "seed": 7}``.
    progress : callable, optional
        Told what is being done and how far the job is.

    Examples
    --------
    >>> import kmnet
    >>> results = kmnet.analyse("configs/minimal.yaml")  # doctest: +SKIP
    >>> results.tables["networks"][["moment", "people", "ties", "density"]]  # doctest: +SKIP
    """
    return shown(check(config, overrides, progress), progress)


def shown(checked: Checked, progress: Progress | None = None) -> Results:
    """What a checked study gives, at its sharing level: the second half of :func:`analyse`."""
    found = measured(checked, progress)
    study = checked.loaded.study
    key = b"" if study.share == "inside" else read_key(checked.loaded.key, checked.loaded.output)
    return shared(found, checked.tables.register, study, key)


def publish(
    results: Results, folder: str | Path, progress: Progress | None = None, *, single_file: bool = False
) -> Path:
    """Write the whole output folder: report, map, tables, figures, graphs; whole or not at all.

    ``single_file`` puts the interactive map into the report as well, so that the report can be sent alone.
    """
    from kmnet.report.folder import publish as write

    return write(results, Path(folder), progress, single_file=single_file)


def draw_map(results: Results, folder: str | Path) -> list[Path]:
    """Write only the map, into a folder of its own."""
    from kmnet.report.folder import publish_map

    return publish_map(results, Path(folder))


def export(results: Results, folder: str | Path, to: str) -> list[Path]:
    """Write the networks in another program's format, into a folder of their own."""
    from kmnet.report.folder import publish_graphs

    return publish_graphs(results, Path(folder), to)


def _quiet(what: str, share: float) -> None:
    pass
