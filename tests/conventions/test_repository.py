"""What has no place in the repository: where somebody built it, and where their packages came from."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conventions.source import ROOT

# Each is written so that it does not match itself.
UNWANTED = {
    "a folder of somebody's machine": re.compile(r"(?<![\w.$}])/(?:home|root|wor[k]|farm|Users)/\w"),
    "a folder outside of the project": re.compile(r"\.\./share[d]"),
    "a package registry": re.compile(
        r"pypi[.](?:org|python)|pythonhosted[.]org|registry[.](?:npmjs|yarnpkg)[.]|npm[.]pkg[.]"
    ),
    "an index to install from": re.compile(r"--(?:extra-)?index-ur[l]|--registr[y]|source = [{] registry"),
    "an address in a lock file": re.compile(r'"resolved"\s*:\s*"http'),
    "a number that means nothing elsewhere": re.compile(r"\b(?:issue|ticket|pull request) #\d", re.IGNORECASE),
}


def kept_files() -> list[Path]:
    """What git tracks, and what it would if somebody committed now."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(  # noqa: S603 - a fixed command
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def readable(path: Path) -> str:
    """The text of a file; nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_mentions(what: str):
    lines = [(path, row) for path in kept_files() for row in readable(path).splitlines()]
    assert [f"{path.relative_to(ROOT)}: {row.strip()[:80]}" for path, row in lines if UNWANTED[what].search(row)] == []
