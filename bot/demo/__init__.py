"""`nps-bot demo`: a small company's Slack on this machine, a year behind it, for a look without an account."""
