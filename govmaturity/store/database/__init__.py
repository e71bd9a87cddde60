"""Where the store keeps things: tables, the connection to them, and their migrations.

Only `dialect` says anything that one kind of database alone understands.
"""
