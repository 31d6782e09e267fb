"""Emoji by the names Slack gives them: what people type or paste, and what a reaction is called when it arrives."""

import re

NAME = re.compile(r"[a-z0-9_'+-]{1,100}", re.ASCII)  # custom emoji have such names too
DRESSING = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # how an emoji is drawn, and skin tones
TONE = "::skin-tone-"
# Those a team might give a meaning to. Any other works by its name.
CHARACTERS = {
    "🗳": "ballot_box_with_ballot",
    "✅": "white_check_mark",
    "☑": "ballot_box_with_check",
    "✔": "heavy_check_mark",
    "👍": "+1",
    "👎": "-1",
    "👋": "wave",
    "🙏": "pray",
    "🙌": "raised_hands",
    "👏": "clap",
    "🤝": "handshake",
    "💬": "speech_balloon",
    "📣": "mega",
    "📢": "loudspeaker",
    "🔔": "bell",
    "⭐": "star",
    "🌟": "star2",
    "❤": "heart",
    "🎉": "tada",
    "🎯": "dart",
    "🏁": "checkered_flag",
    "🚀": "rocket",
    "🔥": "fire",
    "💯": "100",
    "📊": "bar_chart",
    "📈": "chart_with_upwards_trend",
    "📝": "memo",
    "📋": "clipboard",
    "📮": "postbox",
    "📬": "mailbox_with_mail",
    "✉": "email",
    "📨": "incoming_envelope",
    "📩": "envelope_with_arrow",
    "❓": "question",
    "🤔": "thinking_face",
    "😀": "grinning",
    "🙂": "slightly_smiling_face",
    "😊": "blush",
    "👀": "eyes",
    "💡": "bulb",
    "🎫": "ticket",
    "🛎": "bellhop_bell",
    "⏳": "hourglass_flowing_sand",
    "⏰": "alarm_clock",
    "🔒": "lock",
    "🏆": "trophy",
    "🥇": "first_place_medal",
}
ALIASES = {"thumbsup": "+1", "thumbsdown": "-1", "envelope": "email", "thinking": "thinking_face"}


def name_of(typed: str) -> str | None:
    """Slack's name for `:name:`, `name` or the character itself; None when it is none we know."""
    bare = DRESSING.sub("", typed.strip())
    name = CHARACTERS.get(bare) or plain_name(bare.strip(":").lower())
    return name if NAME.fullmatch(name) else None


def plain_name(reaction: str) -> str:
    """As a survey keeps it: in whichever colour a hand is raised."""
    name = reaction.partition(TONE)[0]
    return ALIASES.get(name, name)
