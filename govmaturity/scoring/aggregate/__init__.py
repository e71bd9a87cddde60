"""Combine the scores of parts into the score of the whole.

Where a part has no score its weight is shared among the others in proportion.
`means`, `order` and `penalty` look at one unit at a time; `topsis`,
`copeland` and `benefit` at the units of a period together; `combine` does
what a group asks for, `nodes` all groups of a plan from the indicators up.
"""
