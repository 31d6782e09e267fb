"""A picture in a block is at some address, or it is a file in Slack: uploaded to the end, and really a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import File

BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")  # of a PNG, a JPEG and a GIF


def missing_pictures(blocks: Any, files: Sequence[File], at: str = "/blocks") -> list[str]:
    """One sentence, in Slack's words, for each file that blocks name and cannot show."""
    if isinstance(blocks, list):
        return [it for index, part in enumerate(blocks) for it in missing_pictures(part, files, f"{at}/{index}")]
    if not isinstance(blocks, dict):
        return []
    named = blocks.get("slack_file")
    if isinstance(named, dict) and not any(_is_picture(file) for file in files if file.id == named.get("id")):
        return [f"invalid slack file [json-pointer:{at}/slack_file]"]
    return [it for name, part in blocks.items() for it in missing_pictures(part, files, f"{at}/{name}")]


def _is_picture(file: File) -> bool:
    return file.is_complete and file.data is not None and file.data.startswith(BEGINNINGS)
