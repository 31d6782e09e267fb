"""What the bot can do, one transaction each: no Slack, no prose. A service asks only its own noun's queries."""
