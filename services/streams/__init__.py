"""Server-streaming methods: their places, their pace and their end.

A servicer's method is an async generator that waits for `stream.current().turns()`. The runner writes what it yields,
and ends each stream with a message that says why.
"""
