"""What scores say about imbalance between units."""
