"""What the bot says and does; what it remembers lives in `storage`."""

__version__ = "0.1.0"
