"""Plans: calls that both clients execute, written once.

A plan is a generator. It yields steps, receives the result of each (or its ApiError), and returns the result of the
call. The clients differ only in how they execute a step: `Client` blocks, `AsyncClient` awaits.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar, overload

from google.protobuf.message import Message

from cnop_client.methods import Method

if TYPE_CHECKING:
    from cnop_client.aio import AsyncClient
    from cnop_client.streams import Stream
    from cnop_client.sync import Client

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """Sends a request; the result is the reply."""

    method: Method[Any, Any]
    request: Message
    metadata: tuple[tuple[str, str], ...]
    request_id: str
    timeout_seconds: float


@dataclass(frozen=True)
class Sleep:
    """Waits; there is no result."""

    seconds: float


@dataclass(frozen=True)
class Finish:
    """Executes a plan to its end, even if the caller is cancelled meanwhile; the result is that of the plan."""

    plan: Plan[Any]


Step: TypeAlias = Send | Sleep | Finish
Plan: TypeAlias = Generator[Step, Any, T]


class Pages(Generic[T]):
    """A list in pages. `fetch` is the plan of one page, by its token; it returns the items and the next token."""

    def __init__(self, fetch: Callable[[str], Plan[tuple[Sequence[T], str]]]) -> None:
        self._fetch = fetch
        self._token = ""
        self.is_done = False

    def next_page(self) -> Plan[Sequence[T]]:
        """Fetches the next page; returns its items."""
        items, self._token = yield from self._fetch(self._token)
        self.is_done = not self._token
        return items


class Operation(Generic[P, T]):
    """Turns a method that returns a plan into a method of both clients."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Plan[T]]) -> None:
        self._describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, client: Client, owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, client: AsyncClient, owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, client: None, owner: type) -> Operation[P, T]: ...
    def __get__(self, client: Client | AsyncClient | None, owner: type) -> Any:
        if client is None:
            return self

        @functools.wraps(self._describe)
        def run(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.run(self._describe(client, *args, **kwargs))

        return run


class Watching(Generic[P, T]):
    """Turns a method that returns a stream into an iterator of both clients."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Stream[T]]) -> None:
        self._describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, client: Client, owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, client: AsyncClient, owner: type) -> Callable[P, AsyncIterator[T]]: ...
    @overload
    def __get__(self, client: None, owner: type) -> Watching[P, T]: ...
    def __get__(self, client: Client | AsyncClient | None, owner: type) -> Any:
        if client is None:
            return self

        @functools.wraps(self._describe)
        def follow(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.follow(self._describe(client, *args, **kwargs))

        return follow


class Listing(Generic[P, T]):
    """Turns a method that returns pages into an iterator of both clients."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Pages[T]]) -> None:
        self._describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, client: Client, owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, client: AsyncClient, owner: type) -> Callable[P, AsyncIterator[T]]: ...
    @overload
    def __get__(self, client: None, owner: type) -> Listing[P, T]: ...
    def __get__(self, client: Client | AsyncClient | None, owner: type) -> Any:
        if client is None:
            return self

        @functools.wraps(self._describe)
        def iterate(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.iterate(self._describe(client, *args, **kwargs))

        return iterate
