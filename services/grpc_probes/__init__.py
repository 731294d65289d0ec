"""A server for the probes of a cluster, in plain text and with nothing but the health (`server.build`).

The package depends on nothing else in this repository.
"""
