"""Sends the whole system what nobody should send, and looks whether anything gives way."""
