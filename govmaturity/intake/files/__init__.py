"""From bytes to sheets of cells: what may be read, and the child process that reads it.

Nothing is imported here: the child process imports this package.
"""
