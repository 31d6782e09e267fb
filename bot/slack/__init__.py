"""Everything that knows Slack: its payloads, its blocks, its people."""
