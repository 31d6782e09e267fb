"""Long stretches of time: everything the bot does by itself, against a Slack that takes every message."""
