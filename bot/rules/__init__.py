"""Decisions without a clock, a database or a network: values in, a value out."""
