"""A bare grpc.aio server that answers an empty message, to measure the cost of a call as such.

python -m bench.ping PORT
"""

from __future__ import annotations

import asyncio
import sys

import grpc
import uvloop
from google.protobuf.empty_pb2 import Empty

SERVICE, METHOD = "cnop.bench.Ping", "Ping"


async def _ping(request: Empty, context: object) -> Empty:
    return request


async def serve(port: int) -> None:
    """Serves until it is killed."""
    server = grpc.aio.server()
    handler = grpc.unary_unary_rpc_method_handler(_ping, Empty.FromString, Empty.SerializeToString)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, {METHOD: handler}),))
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
