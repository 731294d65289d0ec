"""Fuzzes the whole system: sends malformed and hostile input, and checks that nothing fails."""
