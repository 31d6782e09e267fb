"""What the bot remembers: the tables, and every query asked of them."""
