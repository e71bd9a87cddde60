"""Whether an index hangs together: does each group measure one thing, and each part its own?

`reliability` holds the statistics, `structure` looks at groups, indicators and
pairs of them, `importance` at what weights do.
"""
