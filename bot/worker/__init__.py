"""What happens without being asked: messages that fell due, and recurring chores."""
