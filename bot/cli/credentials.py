"""What people paste where a token is wanted: made tidy, and recognised when it is another one."""

import re

from bot.settings import WHERE

NAMED = re.compile(
    r"""\A(?:export\s+)?(?:[a-z][a-z_ -]*["']?\s*[=:](?!//)\s*)?(?:bearer\s+)?""",
    re.IGNORECASE,
)
AROUND = "\"'`“”‘’«»„‚,;<>"
HEX_SECRET = re.compile(r"[0-9a-f]{32}")
SHAPES = {
    "SLACK_BOT_TOKEN": re.compile(r"xoxb-[\w-]+", re.ASCII),
    "SLACK_APP_TOKEN": re.compile(r"xapp-[\w-]+", re.ASCII),
    "SLACK_SIGNING_SECRET": HEX_SECRET,
}
TITLES = {
    "SLACK_BOT_TOKEN": "the bot token",
    "SLACK_APP_TOKEN": "the app-level token",
    "SLACK_SIGNING_SECRET": "the signing secret",
}
# In this order: the first that fits tells what it is.
KINDS = {
    "a user token": re.compile(r"xoxp-"),
    "a refresh or configuration token, which expires": re.compile(r"xoxe"),
    "a token of somebody's browser; please sign out there, nobody should have it": re.compile(r"xox[cds]-"),
    "a bot token": re.compile(r"xoxb-"),
    "an app-level token": re.compile(r"xapp-"),
    "a webhook address": re.compile(r"https://hooks\."),
    "a web address": re.compile(r"https?://"),
    "a client ID": re.compile(r"\d+\.\d+$"),
    "a signing secret or a client secret": re.compile(rf"{HEX_SECRET.pattern}$"),
    "a verification token": re.compile(r"[A-Za-z0-9]{24}$"),
    "an app ID": re.compile(r"A[A-Z0-9]{8,12}$"),
}


def tidy(pasted: str) -> str:
    """The token alone, without quotes, line breaks or a name before it."""
    bare = NAMED.sub("", pasted.strip().strip(AROUND))
    return "".join(bare.split()).strip(AROUND)


def misplaced(name: str, value: str) -> str | None:
    """What is wrong with this value for that setting, without repeating the value; None when it looks right."""
    if SHAPES[name].fullmatch(value):
        return None
    kind = next((kind for kind, shape in KINDS.items() if shape.match(value)), None)
    if not value:
        return f"Nothing arrived. {TITLES[name].capitalize()} stands {WHERE[name]}."
    own = {"SLACK_BOT_TOKEN": "a bot token", "SLACK_APP_TOKEN": "an app-level token"}.get(name)
    what = f"This is {kind}." if kind and kind != own else f"This does not look like {TITLES[name]}{_wrong(name)}."
    return f"{what} {TITLES[name].capitalize()} stands {WHERE[name]}."


def masked(value: str) -> str:
    """Enough to tell which one it is: xoxb-…abcd."""
    prefix = re.match(r"(?:xoxb|xapp)-", value)
    return f"{prefix.group() if prefix else ''}…{value[-4:]}"


def _wrong(name: str) -> str:
    return ", which is 32 characters, 0 to 9 and a to f" if name == "SLACK_SIGNING_SECRET" else ""
