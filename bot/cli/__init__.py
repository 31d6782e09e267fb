"""What the commands of `nps-bot` do, one module each."""
