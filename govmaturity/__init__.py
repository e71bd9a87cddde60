"""The engine of Govmaturity: values + framework -> scores, without a screen.

Nothing is imported here: the child process that reads uploaded files imports
this package and must stay small (see govmaturity/intake).
"""

__version__ = "0.1.0"
