"""The running system, for clients in all languages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import httpx
import pytest

from local.stack import Stack
from tests.e2e.conftest import forge, http, stack
from tests.e2e.tokens import Forge

from .away import Away
from .programs import need
from .traces import Traces

__all__ = ["forge", "http", "need", "stack"]  # fixtures of tests/e2e, and a check


@pytest.fixture(scope="session")
def edge(stack: Stack) -> str:
    """The address of the edge, as host:port."""
    return f"127.0.0.1:{stack.settings.edge_port}"


@pytest.fixture(scope="session")
def traces(http: httpx.AsyncClient, forge: Forge) -> Traces:
    """The traces of a client in the system."""
    return Traces(http, forge)


@pytest.fixture
async def away() -> AsyncIterator[Away]:
    """A server that is always unavailable."""
    away = Away()
    server = grpc.aio.server(handlers=[away])
    away.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    yield away
    await server.stop(0)
