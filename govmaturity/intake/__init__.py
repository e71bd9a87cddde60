"""Uploaded files in: read in a child process, found to be a table, checked.

Nothing is imported here: the child process that reads uploaded files imports
this package and must load nothing but the standard library, orjson and the readers.
"""
