"""Everything the bot can show, drawn from its own blocks: `make gallery`; what the README shows: `make pictures`."""
