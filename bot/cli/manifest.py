"""The link on which Slack shows our app, filled in and ready to be created."""

from importlib import resources
from pathlib import Path
from urllib.parse import quote, urlsplit

NAME = "manifest.yml"
PAGE, GOVSLACK_PAGE = "https://api.slack.com/apps", "https://api.slack-gov.com/apps"


def manifest() -> str:
    """What Slack is asked for, without the remarks to ourselves."""
    lines = _text().splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.lstrip().startswith("#")) + "\n"


def create_app_link(api_url: str) -> str:
    host = urlsplit(api_url).hostname or ""
    page = GOVSLACK_PAGE if host.endswith("slack-gov.com") else PAGE
    return f"{page}?new_app=1&manifest_yaml={quote(manifest(), safe='/:,')}"


def _text() -> str:
    """A wheel carries the manifest inside; where the code is run in place it lies beside the packages."""
    inside = resources.files("bot") / NAME
    beside = Path(__file__).parents[2] / NAME
    return (inside if inside.is_file() else beside).read_text(encoding="utf-8")
