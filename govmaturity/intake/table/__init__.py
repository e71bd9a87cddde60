"""From sheets of cells to values: where the table is, whose rows they are, what a cell says."""
