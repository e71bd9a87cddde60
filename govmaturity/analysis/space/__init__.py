"""Whether units that lie together score alike, and where."""
