"""What we ask Slack's permission for, and what each is for; the manifest asks for exactly these."""

from collections.abc import Collection, Mapping

# Without one of these the bot cannot do its work.
NEEDED: Mapping[str, str] = {
    "chat:write": "ask, thank, alert",
    "commands": "/nps and the shortcut on messages",
    "users:read": "names, languages, who is a guest or an admin",
    "channels:read": "whether a public channel is shared or archived, and who is in it",
    "groups:read": "the same for private channels the bot was invited to",
}
# Each switches on one thing; without it that thing is off and says so.
OPTIONAL: Mapping[str, str] = {
    "users:read.email": "/nps ask somebody@example.com",
    "channels:history": "look for a message whose sending was interrupted, before it is sent again",
    "groups:history": "the same in private channels",
    "chat:write.public": "ask and alert in public channels without an invitation",
}
APP_TOKEN = "connections:write"  # noqa: S105 - a scope, not a token


def missing(granted: Collection[str]) -> Mapping[str, str]:
    """Needed scopes that were not granted, with what they are for."""
    return {scope: purpose for scope, purpose in NEEDED.items() if scope not in granted}


def switched_off(granted: Collection[str]) -> Mapping[str, str]:
    """Optional scopes that were not granted, with what does not work."""
    return {scope: purpose for scope, purpose in OPTIONAL.items() if scope not in granted}
