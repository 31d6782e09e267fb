"""People who make layouts break: long names, names in every script, names that look like markup."""

from bot.cli.sample_facts import COMMENT

LONG_COMMENT = " ".join([COMMENT, "We have told support twice, and it works again until the week after."] * 40)[:3000]
HEBREW_COMMENT = "הייצוא נכשל בכל יום שני (Export failed), ואף אחד לא חזר אלינו."
NAMES = {
    "long-name": "Maximiliane Wilhelmina von Hohenstein-Fürstenberg-Langenburgh",
    "emoji-name": "Zoë 🦊 👩‍🚀 O’Connor",
    "markup-name": "*Ana* <@U123> @channel _R_ `x`",
    "hebrew": "נועה לוי",
    "arabic": "ليلى حداد",
}
COMMENTS = {"hebrew": HEBREW_COMMENT, "arabic": "التصدير يتوقف كل يوم اثنين (timeout)."}
# Who stands behind the ids, for the pictures.
USERS = {
    "U0ANA": "Ana Ruiz",
    "U0SAMPLE": "Bo Lind",
    "U0BO": "Bo Lind",
    "U0CY": "Cy Young",
    "U0ADMIN": "Ada Admin",
}
CHANNELS = {"C0SAMPLE": "customer-voice", "C0": "customer-voice", "C0HELP": "help-beta"}
