"""
What we say, by language: whole sentences with {slots}, through gettext; English is the key.

Catalogues are `locale/<language>/LC_MESSAGES/messages.po`. They hold what a respondent sees; to colleagues we speak
English.
"""

from bot.texts.markup import Mrkdwn, escape
from bot.texts.speakers import LANGUAGES, Speaker, language_for, speaker

__all__ = ["LANGUAGES", "Mrkdwn", "Speaker", "escape", "language_for", "speaker"]
