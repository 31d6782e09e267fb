"""The door for other programs: what happened elsewhere, signed, once."""
