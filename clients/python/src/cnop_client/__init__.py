"""A client for cnop, by gRPC at the edge: `Client` is synchronous, `AsyncClient` is for asyncio."""

from cnop_client.aio import AsyncClient
from cnop_client.edge import Edge
from cnop_client.errors import ApiError, Violation
from cnop_client.session import new_request_id
from cnop_client.sync import Client
from cnop_client.tokens import FileTokens, MemoryTokens, Tokens, TokenStore

__all__ = [
    "ApiError",
    "AsyncClient",
    "Client",
    "Edge",
    "FileTokens",
    "MemoryTokens",
    "TokenStore",
    "Tokens",
    "Violation",
    "new_request_id",
]
