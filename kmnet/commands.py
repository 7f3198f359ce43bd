"""The commands: each reads its arguments, calls the stages, and says what happened. Stages are imported when called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kmnet import __version__
from kmnet.console import Bar, findings_json, talk, tell
from kmnet.errors import KmnetError
from kmnet.outcome import ledger, ledger_lines, near, new_key, refused, summary, tell_review, to_review

F = TypeVar("F", bound=Callable[..., Any])
SHARE = click.Choice(["inside", "partners", "public"])
NOTHING = "Nothing can be drawn at this sharing level: no group is large enough."
FORMATS = ("graphml", "gexf", "pajek", "ucinet", "kumu", "node-link")


class Told(click.Command):
    """A command whose problems are told as the user asked for them: in lines, or as JSON."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KmnetError as error:
            if ctx.params.get("as_json"):
                click.echo(findings_json(self.name or "", error.problems, ok=False))
            else:
                tell(error.problems)
            return error.exit_code
        except EOFError as error:  # click would take it for Ctrl-D
            raise RuntimeError from error


def _example(text: str) -> str:
    return f"\b\nExample:\n  {text}"


def _settings(command: F) -> F:
    """Options that win over the config, and how to talk."""
    for option in reversed(
        (
            click.option("--out", type=click.Path(path_type=Path), help="Output folder, instead of the config's."),
            click.option("--share", type=SHARE, help="Who may see the results, instead of the config's level."),
            click.option("--seed", type=click.IntRange(min=0), help="Seed of all random draws."),
            click.option("--workers", type=click.IntRange(min=1), help="Processors to use; the numbers stay the same."),
        )
    ):
        command = option(command)
    return command


def _talking(command: F) -> F:
    for option in reversed(
        (
            click.option("--strict", is_flag=True, help="Treat warnings as errors."),
            click.option("--quiet", is_flag=True, help="Say nothing but errors."),
            click.option("--json", "as_json", is_flag=True, help="Findings as JSON on stdout."),
        )
    ):
        command = option(command)
    return command


CONFIG = click.argument("config", type=click.Path(path_type=Path))


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 problems in the data (nothing written), 2 command line or config wrong, "
    "3 a safety limit was hit, 4 could not write, 130 stopped.",
)
@click.version_option(__version__, message="kmnet %(version)s")
def kmnet() -> None:
    """Show how a programme connects people: who is connected, who brokers, what changed, and how sure one can be.

    \b
    Start here:
      kmnet samples                              the studies that come with kmnet
      kmnet init my-study --sample cig_programme copy one, and look at its results
      kmnet init my-study --from FOLDER          draft a config for your own files
      kmnet check my-study/config.yaml           every problem at once
      kmnet analyse my-study/config.yaml         report, map and tables
    """


@kmnet.command(cls=Told, epilog=_example("kmnet analyse my-study/config.yaml --share inside"))
@CONFIG
@_settings
@click.option("--single-file", is_flag=True, help="Put the map into report.html too, so that it can be sent alone.")
@_talking
def analyse(config: Path, single_file: bool, strict: bool, quiet: bool, as_json: bool, **given: Any) -> int:
    """Read, check and analyse a study, and write the whole output folder."""
    from kmnet import pipeline
    from kmnet.share.releases import Releases

    bar = Bar(quiet or as_json)
    try:
        checked = pipeline.check(config, _overrides(given), bar)
        if code := refused(checked.findings, "analyse", strict, as_json):
            return code
        new_key(checked, quiet)
        releases = Releases.of(checked.loaded, checked.tables.people["id"])
        told = (*checked.findings, *releases.few_differ())
        if code := refused(told, "analyse", strict, as_json):
            return code
        results = pipeline.shown(checked, bar)
        folder = pipeline.publish(results, checked.loaded.output, bar, single_file=single_file)
        told = (*told, *releases.record(results.provenance.run))
    finally:
        bar.done()
    if as_json:
        click.echo(findings_json("analyse", told, ok=True, folder=near(folder), run=results.provenance.run))
    elif not quiet:
        tell(told)
        summary(checked, results.share, folder)
    return 0


def _overrides(given: dict[str, Any]) -> dict[str, Any]:
    names = {"out": "output", "share": "share", "seed": "seed", "workers": "compute.workers"}
    return {names[name]: value for name, value in given.items()}


@kmnet.command(cls=Told, epilog=_example("kmnet check my-study/config.yaml"))
@CONFIG
@_settings
@_talking
def check(config: Path, strict: bool, quiet: bool, as_json: bool, **given: Any) -> int:
    """Find every problem of a study at once; nothing is analysed and no results are written."""
    from kmnet import pipeline
    from kmnet.config.explain import defaults

    bar, review = Bar(quiet or as_json), list[tuple[str, int]]()
    try:
        # Written while errors remain, too: to confirm a spelling may be their cure.
        checked = pipeline.check(
            config, _overrides(given), bar, lambda at, found: review.extend(to_review(at.folder, found))
        )
    except KmnetError:
        if not (quiet or as_json):
            tell_review(review)
        raise
    finally:
        bar.done()
    if code := refused(checked.findings, "check", strict, as_json):
        return code
    if as_json:
        click.echo(findings_json("check", checked.findings, ok=True, plan=list(defaults(checked.loaded.study))))
        return 0
    if not quiet:
        tell(checked.findings)
        talk()
        talk(f"{checked.loaded.study.title}: {len(checked.tables.people)} people. {ledger(checked)}")
        for sentence in (*ledger_lines(checked), *defaults(checked.loaded.study), *checked.shots.notes):
            talk(f"  {sentence}")
        tell_review(review)
        talk(f"Next: kmnet analyse {near(config)}")
    return 0


@kmnet.command("map", cls=Told, epilog=_example("kmnet map my-study/config.yaml --share public"))
@CONFIG
@_settings
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def draw(config: Path, quiet: bool, **given: Any) -> None:
    """Draw only the map, into a folder of its own (the output folder's name with -map after it)."""
    from kmnet import pipeline

    bar = Bar(quiet)
    try:
        checked = pipeline.check(config, _overrides(given), bar)
        new_key(checked, quiet)
        out = given["out"] or checked.loaded.output.with_name(checked.loaded.output.name + "-map")
        maps = pipeline.draw_map(pipeline.shown(checked, bar), out)
    finally:
        bar.done()
    if not quiet:
        talk(f"Next: open {' or '.join(map(near, maps))} in a browser." if maps else NOTHING)


@kmnet.command(cls=Told, epilog=_example("kmnet export my-study/config.yaml --to graphml"))
@CONFIG
@click.option("--to", "to", type=click.Choice(FORMATS), required=True, help="Format of the other program.")
@_settings
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def export(config: Path, to: str, quiet: bool, **given: Any) -> None:
    """Write the networks for another program: a file a network, cohort and moment."""
    from kmnet import pipeline

    bar = Bar(quiet)
    try:
        checked = pipeline.check(config, _overrides(given), bar)
        new_key(checked, quiet)
        out = given["out"] or checked.loaded.output.with_name(f"{checked.loaded.output.name}-{to}")
        files = pipeline.export(pipeline.shown(checked, bar), out, to)
    finally:
        bar.done()
    if not quiet:
        many = f"{len(files)} file{'s' if len(files) != 1 else ''}"
        talk(f"{many} written to {near(Path(out))}." if files else NOTHING)


@kmnet.command(cls=Told, epilog=_example("kmnet compare round-1/results round-2/results > rounds.csv"))
@click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--network", help="Only this network.")
@click.option("--measure", help="Only this measure, such as ties_per_person.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def compare(results: tuple[Path, ...], network: str | None, measure: str | None, quiet: bool) -> None:
    """Put the results of separate runs side by side over time, as CSV on stdout.

    RESULTS are output folders of kmnet analyse, the first being the one that the others are held against. A row is a
    measure of one run, cohort and moment, with the people it rests on. Where it cannot be compared with the first run
    (another kind of tie, threshold, scale, length of time, grouping, size or version) the last column says why.
    """
    from kmnet import runs

    found = runs.read(results)
    click.echo(runs.side_by_side(found, network, measure), nl=False)
    if not quiet:
        for sentence in runs.warnings(found):
            talk(sentence)


@kmnet.command(cls=Told, epilog=_example("kmnet init my-study --from my-files"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--sample", help="Copy this sample study out (see kmnet samples).")
@click.option("--from", "data", type=click.Path(path_type=Path), help="Draft the config from the files in this folder.")
def init(folder: Path, sample: str | None, data: Path | None) -> None:
    """Make a folder for a study: a commented config, an Excel template, a key and a .gitignore."""
    from kmnet.init import begin

    if sample and data:
        raise click.UsageError("--sample and --from exclude each other.")
    for line in begin.sample(folder, sample) if sample else begin.draft(folder, data) if data else begin.new(folder):
        talk(line)


@kmnet.command(cls=Told, epilog=_example("kmnet samples"))
def samples() -> None:
    """List the sample studies that come with kmnet."""
    from kmnet.init.samples import samples as all_samples

    for one in all_samples():
        click.echo(f"{one.name:<20} {one.about}")
    talk("Next: kmnet init try-it --sample cig_programme")


@kmnet.command(cls=Told, epilog=_example("kmnet measures constraint"))
@click.argument("name", required=False)
def measures(name: str | None) -> None:
    """List the measures, or explain one: formula, denominator, variant, source and what it means."""
    from kmnet.init.telling import measure_card, measure_list

    click.echo(measure_card(name) if name else measure_list())


@kmnet.command(cls=Told, epilog=_example("kmnet explain KM301"))
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a problem code or name, or list them all."""
    from kmnet.init.telling import code_card, code_list

    click.echo(code_card(code) if code else code_list())


@kmnet.command(cls=Told, epilog=_example("kmnet schema > kmnet.schema.json"))
def schema() -> None:
    """Print the JSON Schema of the config, for editors that complete and check as you type."""
    from kmnet.init.telling import schema_text

    click.echo(schema_text(), nl=False)


@kmnet.command(cls=Told, epilog=_example("kmnet scan my-study/results --people my-study/people.csv"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--people", required=True, type=click.Path(path_type=Path), help="The people table, or the config that names it."
)
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON on stdout.")
def scan(folder: Path, people: Path, as_json: bool) -> int:
    """Look for names, ids and e-mails in every byte of a folder before it is shared.

    Ids of a few letters, such as P07, are looked for only where ids stand (columns of ids, "id": "P07"), since they
    are in any text.
    """
    from kmnet.share.rows import everybody
    from kmnet.share.scan import scan as look

    found, files = look(folder, everybody(people))
    if as_json:
        click.echo(findings_json("scan", found, ok=not found, files=files))
    else:
        tell(found)
        said = "something was found, do not share" if found else "no name, id or e-mail found"
        talk(f"{files} file{'' if files == 1 else 's'} looked at: {said}.")
    return 1 if found else 0


@kmnet.command(cls=Told, epilog=_example("kmnet verify my-study/results"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Folder that the inputs lie in, when it has moved.")
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON on stdout.")
def verify(folder: Path, data: Path | None, as_json: bool) -> int:
    """See whether inputs and outputs are still those of the run that made a folder."""
    from kmnet.share.verify import verify as look

    found, files = look(folder, data)
    if as_json:
        click.echo(findings_json("verify", found, ok=not found, files=files))
    else:
        tell(found)
        talk(f"{files} files looked at{'' if any(p.severity == 'error' for p in found) else ': all as they were'}.")
    return 1 if any(p.severity == "error" for p in found) else 0


@kmnet.command(cls=Told, epilog=_example("kmnet forget my-study/config.yaml P018"))
@click.argument("config", type=click.Path(path_type=Path))
@click.argument("person")
@click.option("--date", "day", help="Day of the withdrawal, year-month-day.")
def forget(config: Path, person: str, day: str | None) -> None:
    """List every input row and output folder that holds a person who withdrew, and record the withdrawal.

    Your input files are not changed, except that the person is added to the table of withdrawn people.
    """
    from kmnet.share.forget import forget as look

    for line in look(config, person, day or ""):
        click.echo(line)
    talk(f"Next: kmnet analyse {near(config)}, and delete or replace the folders listed.")


@kmnet.command(cls=Told, epilog=_example("kmnet checktable published-table.csv"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON on stdout.")
def checktable(file: Path, as_json: bool) -> int:
    """See whether the numbers of a published table of networks add up."""
    from kmnet.tablecheck import check_table

    found = check_table(file)
    wrong = any(p.severity != "note" for p in found)  # a note a row says by which definition it adds up
    if as_json:
        click.echo(findings_json("checktable", found, ok=not wrong))
    else:
        tell(found)
        talk("The numbers do not add up." if wrong else "The numbers add up.")
    return 1 if any(p.severity == "error" for p in found) else 0
