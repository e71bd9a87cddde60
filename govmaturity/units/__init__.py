"""Units and where they lie: the registry of codes and names, and outlines for maps."""
