"""An output folder written whole or not at all.

The new folder is built beside the old one and put in its place by renaming, so that whatever happens (a kill, a full
disk) there is the old folder, the new folder, or for an instant none, which the next run mends. A lock that the
system releases by itself keeps two runs from one folder, and a folder with files that kmnet did not make is refused.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kmnet.errors import ConfigError, OutputError, Problem

MANIFEST = "manifest.json"
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that systems leave behind; they are nobody's work."""


def replace_folder(folder: Path, build: Callable[[Path], None]) -> None:
    """Build a folder aside and put it in the place of ``folder``.

    Parameters
    ----------
    folder : Path
        Where the results belong; made if missing, replaced whole if an earlier run made it.
    build : callable
        Given the path of an empty folder, writes everything, ``manifest.json`` included.

    Raises
    ------
    ConfigError
        Another run is writing there (KM603).
    OutputError
        The folder holds other files (KM602), or writing failed (KM601); what was there is intact.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 (links are kept: the user named the place)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            _mend(folder)
            _refuse_foreign(folder)
            _build_and_swap(folder, build)
    except OSError as error:
        raise OutputError(Problem.of("KM601", f"The results could not be written: {_said(error)}")) from error


def _said(error: OSError) -> str:
    """The system's words without the path, which may hold a user's name."""
    return error.strerror or type(error).__name__


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.kmnet-{what}")


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    path = _beside(folder, "lock")
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock_handle(handle)
        except (BlockingIOError, PermissionError) as error:
            os.close(handle)
            raise ConfigError(Problem.of("KM603", "Another kmnet run is writing to this folder")) from error
        if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
            break
        os.close(handle)  # the last holder removed the file between our opening and our locking it
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def _lock_handle(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP):  # some shared drives know no locks: go on without
            raise


def _mend(folder: Path) -> None:
    """Clean up after a killed run; where it died between its two renames, bring the old folder back."""
    old = _beside(folder, "old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    for left in sorted(folder.parent.glob(f"{_escape(_beside(folder, 'new').name)}-*")):
        shutil.rmtree(left)


def _escape(name: str) -> str:
    return "".join(f"[{c}]" if c in "[]*?" else c for c in name)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise OutputError(Problem.of("KM602", "The output folder is a file or a link"))
    ours = made_by_us(folder)
    strange = [name for name in _files(folder) if name not in ours and Path(name).name not in _LITTER]
    if strange:
        raise OutputError(
            Problem.of(
                "KM602",
                f"The output folder holds {len(strange)} file(s) that kmnet did not make",
                seen=", ".join(strange[:3]),
            )
        )


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir() or p.is_symlink())


def made_by_us(folder: Path) -> set[str]:
    """The files that the folder's manifest names, and the manifest; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {*map(str, manifest["files"]), MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _build_and_swap(folder: Path, build: Callable[[Path], None]) -> None:
    new = Path(tempfile.mkdtemp(prefix=f"{_beside(folder, 'new').name}-", dir=folder.parent))
    try:
        build(new)
        _settle(new)
        _swap(folder, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    _sync(folder.parent)


def _settle(new: Path) -> None:
    """Make sure that every byte is on the disk, and give the folder the user's usual permissions."""
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o777 & ~mask)
    for path in [*sorted(new.rglob("*")), new]:
        _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(folder: Path, new: Path) -> None:
    old = _beside(folder, "old")
    if not folder.exists():
        new.rename(folder)
        return
    try:
        folder.rename(old)
        new.rename(folder)
    except PermissionError:
        if old.exists():
            raise
        _swap_files(folder, new)  # a file of it is open in another program (Windows)
    finally:
        if old.exists() and not folder.exists():  # a failure, or a stop, between the two renames
            old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _swap_files(folder: Path, new: Path) -> None:
    """File by file, the manifest last: if one fails, the manifest no longer fits and `kmnet verify` says so."""
    names = sorted(_files(new), key=lambda name: (name == MANIFEST, name))
    gone = sorted(made_by_us(folder) - set(names))
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(folder / name)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
