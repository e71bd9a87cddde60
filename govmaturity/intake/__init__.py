"""Uploaded files in: guard, reader in a child process, checks.

Nothing is imported here: the child process that reads uploaded files imports
this package and must load nothing but the standard library and python-calamine.
"""
