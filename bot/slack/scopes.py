"""What we ask Slack's permission for, and why, in words for whoever approves apps; the manifest asks for these."""

from collections.abc import Collection, Mapping

# Without one of these the bot cannot do its work.
NEEDED: Mapping[str, str] = {
    "chat:write": "asking, thanking and alerting, as the bot itself, never in a person's name",
    "commands": "the command /nps, and Ask for NPS in the menu of a message: it is handed that one message",
    "users:read": "names and languages; who is a guest, an admin or of another company, which decides who may do what",
    "channels:read": "whether a public channel is archived or shared with another company; its members; no messages",
    "groups:read": "whether a private channel it was invited to is archived or shared; its members; no other channel",
}
# Each switches on one thing; without it that thing is off and says so.
OPTIONAL: Mapping[str, str] = {
    "users:read.email": "/nps ask somebody@example.com (addresses are looked up, never stored)",
    "reactions:read": "asking when a colleague puts a survey's emoji on a message; of other emoji nothing is kept",
    "channels:history": "in public channels the bot is in: who began a thread that is asked in by emoji, and "
    "whether staff has answered there; and looking for a message of its own whose sending was interrupted, before it "
    "is sent again (what others write is not kept)",
    "groups:history": "the same in private channels the bot was invited to",
    "im:history": "answering by typing to the bot (of what people write a score, a comment, and words to a colleague "
    "who replied to them are kept)",
    "usergroups:read": "calling a user group staff (/nps staff), asking its members by schedule, or letting alerts "
    "mention it (/nps routes): which groups there "
    "are, and who is in those that were chosen",
    "chat:write.public": "asking and alerting in public channels without being invited first",
    "files:write": "pictures of numbers, and files of answers, in the direct messages of the colleague who asked for "
    "them; it reads no file",
}
FILES = "files:write"
DIRECT_MESSAGES = "im:history"
HISTORY = ("channels:history", "groups:history")  # of public and of private channels
APP_TOKEN = "connections:write"  # noqa: S105 - a scope, not a token


def reads_direct_messages(granted: Collection[str]) -> bool:
    """Also where Slack does not tell what was granted."""
    return not granted or DIRECT_MESSAGES in granted


def missing(granted: Collection[str]) -> Mapping[str, str]:
    """Needed scopes that were not granted, with what they are for."""
    return {scope: purpose for scope, purpose in NEEDED.items() if scope not in granted}


def switched_off(granted: Collection[str]) -> Mapping[str, str]:
    """Optional scopes that were not granted, with what does not work."""
    return {scope: purpose for scope, purpose in OPTIONAL.items() if scope not in granted}
