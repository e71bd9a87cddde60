"""What if the index were made another way?

`changes` says what is tried, `variant` makes the framework of it, `moves`
compares ranks before and after, `method_and_data` shares a change out between
the two frameworks and the two periods.
"""
