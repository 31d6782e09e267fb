"""One page with every picture, light beside dark, and what notifications and screen readers say."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from bot.texts.markup import Mrkdwn, as_plain
from tests.gallery.states.people import USERS

THEMES = ("light", "dark")
STYLE = (
    "body{font:14px sans-serif;background:#888;margin:16px}figure{margin:0 0 28px}figure div{display:flex;gap:12px;"
    "align-items:flex-start}img{max-width:48%;zoom:.67}pre{white-space:pre-wrap;margin:4px 0;color:#eee}a{color:#fff}"
)


def write(documents: Sequence[dict[str, Any]], folder: Path) -> Path:
    page = folder / "index.html"
    names = " · ".join(f'<a href="#{each["name"]}">{each["name"]}</a>' for each in documents)
    figures = "\n".join(_figure(each) for each in documents)
    head = f"<!doctype html><meta charset='utf-8'><title>Everything the bot shows</title><style>{STYLE}</style>"
    page.write_text(f"{head}<p>{names}</p>{figures}", encoding="utf-8")
    return page


def _figure(document: dict[str, Any]) -> str:
    name = document["name"]
    images = "".join(f'<img loading="lazy" alt="" src="pictures/{name}-{theme}.png">' for theme in THEMES)
    caption = f"<figcaption><b>{name}</b><pre>{escape(_aloud(document))}</pre></figcaption>"
    return f'<figure id="{name}">{caption}<div>{images}</div></figure>'


def _aloud(document: dict[str, Any]) -> str:
    return as_plain(Mrkdwn(document.get("text", "")), USERS)
