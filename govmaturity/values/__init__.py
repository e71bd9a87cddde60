"""The table of values: unit, period, indicator, value, status, where it came from."""
