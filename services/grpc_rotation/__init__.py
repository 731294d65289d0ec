"""A grpc.aio channel that presents the newest client certificate without a restart (`channel.RotatingChannel`).

The package depends on nothing else in this repository.
"""
