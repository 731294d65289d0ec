"""Clients of Redis: in plain text or by TLS, with a password from a file."""
