"""`python -m tests.gallery` draws everything into .build/gallery; with `pictures`, what the README shows into docs."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.gallery import index, readme
from tests.gallery.camera import photograph
from tests.gallery.states import every_document
from tests.gallery.states.people import CHANNELS, USERS

HERE, BUILD = Path(__file__).parent, Path(".build/gallery")
DRAWER = "draw.mjs"


def sheets(documents: list[dict[str, Any]]) -> list[Path]:
    """All of them drawn, many on a sheet."""
    folder = BUILD / "sheets"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    known = {"documents": documents, "users": USERS, "channels": CHANNELS}
    (BUILD / "documents.json").write_text(json.dumps(known), encoding="utf-8")
    shutil.copy(HERE / "slack.css", folder)
    shutil.copy(BUILD / "node_modules/slack-blocks-to-jsx/dist/style.css", folder / "library.css")
    shutil.copy(HERE / DRAWER, BUILD)  # Node looks for packages where the script is
    node = shutil.which("node")
    if node is None:
        raise SystemExit("Node is missing; make gallery brings it along.")
    subprocess.run([node, DRAWER], cwd=BUILD, check=True)  # noqa: S603 - a fixed command
    return sorted(folder.glob("*.html"))


def gallery() -> None:
    documents, pictures = every_document(), BUILD / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    taken = photograph(sheets(documents), pictures, scale=1.5)
    page = index.write(documents, BUILD)
    sys.stdout.write(f"{len(taken)} pictures in {pictures}, all of them in {page}\n")


def pictures() -> None:
    taken = photograph(sheets(readme.every_document()), readme.PICTURES, scale=2, colours=readme.COLOURS)
    size = sum(picture.stat().st_size for picture in taken)
    sys.stdout.write(f"{len(taken)} pictures in {readme.PICTURES}, {size // 1024} KB\n")


if __name__ == "__main__":
    pictures() if sys.argv[1:] == ["pictures"] else gallery()
