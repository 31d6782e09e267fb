"""Worked figures, one case a line, computed apart from the code they check."""

import csv
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> list[Mapping[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
