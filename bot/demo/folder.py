"""The demo's folder: made by it, marked as its own, and used by one demo at a time. Nothing else is ever deleted."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "this-is-a-demo"


class DemoRefused(Exception):  # noqa: N818 - a sentence for a person, not a bug
    """One sentence that says why the demo cannot run, and what to do."""


@contextmanager
def held(folder: Path, *, is_reset: bool) -> Iterator[Path]:
    """Raises DemoRefused for a folder that holds something else, and while another demo uses it."""
    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DemoRefused(f"{folder} holds something else. Name a folder that is empty or not there yet: --folder")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / MARK).open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoRefused(f"A demo runs in {folder} already. End that one, or name another --folder.") from None
        if is_reset:
            _forget(folder)
        yield folder


def _forget(folder: Path) -> None:
    """What was clicked; what was fetched stays."""
    for each in folder.iterdir():
        if each.is_dir() and each.name != "local-slack":
            shutil.rmtree(each)
        elif not each.is_dir() and each.name != MARK:
            each.unlink()
