"""Indicator frameworks: YAML in, a checked `Framework` out, compiled to arrays for scoring."""
