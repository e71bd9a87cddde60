"""The uploaded file given back with its faults marked.

Nothing is imported here: the child process that makes the copy imports this
package.
"""
