"""A grpc.aio channel that presents the newest client certificate without a restart, and soon finds servers that were
away (`channel.RotatingChannel`).

The package depends on nothing else in this repository.
"""
