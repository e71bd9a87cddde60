"""Whether units come closer, who moves, and what the distribution looks like."""
