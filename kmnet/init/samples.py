"""The sample studies that come with kmnet: where they lie, and what each shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import kmnet


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample study: its tables, the configs that use it (the fullest first), and a line about it."""

    name: str
    folder: Path
    configs: tuple[Path, ...]
    about: str


def place(packaged: str, checkout: str) -> Path:
    """A folder of the installed package, or of the checkout beside it."""
    package = Path(kmnet.__file__).parent
    inside = package / packaged
    return inside if inside.is_dir() else package.parent / checkout


def samples() -> tuple[Sample, ...]:
    """Every sample study, by name."""
    configs = sorted(place("_configs", "configs").glob("*.yaml"))
    found = []
    for folder in sorted(p for p in place("_samples", "sample_networks").iterdir() if (p / "README.md").is_file()):
        using = [c for c in configs if f"/{folder.name}/" in c.read_text(encoding="utf-8")]
        using.sort(key=lambda c: (c.stem != folder.name, c.stem))
        found.append(Sample(folder.name, folder, tuple(using), _about(folder / "README.md")))
    return tuple(found)


def _about(readme: Path) -> str:
    """The README's heading."""
    lines = readme.read_text(encoding="utf-8").splitlines()
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), "")
