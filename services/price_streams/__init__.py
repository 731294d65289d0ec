"""Streams of prices: what WatchPrices and Watch send. One board serves all streams of a process."""
