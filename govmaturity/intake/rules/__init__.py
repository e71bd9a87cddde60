"""Checks that look at more than one cell."""
