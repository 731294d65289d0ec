"""The asyncio client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import grpc.aio

from cnop_client.errors import ApiError, RpcFailure, error_from_rpc
from cnop_client.operations import Operations
from cnop_client.plans import Finish, Pages, Plan, Send, Sleep, Step
from cnop_client.streams import Stream

T = TypeVar("T")


class AsyncClient(Operations):
    """A client of the edge, bound to the event loop that runs when it is created. Tasks may share it.

    async with AsyncClient("localhost:8080") as client:
        await client.login("ada", password)
    """

    _channel: grpc.aio.Channel
    _finishing: set[asyncio.Task[Any]]

    async def run(self, plan: Plan[T]) -> T:
        """Executes a plan and returns its result."""
        try:
            step = next(plan)
            while True:
                try:
                    outcome = await self._take(step)
                except ApiError as error:
                    step = plan.throw(error)
                else:
                    step = plan.send(outcome)
        except StopIteration as end:
            return cast("T", end.value)
        finally:
            plan.close()

    async def iterate(self, pages: Pages[T]) -> AsyncIterator[T]:
        """Iterates over the items of all pages. Fetches a page when it is needed."""
        while not pages.is_done:
            for item in await self.run(pages.next_page()):
                yield item

    async def follow(self, stream: Stream[T]) -> AsyncIterator[T]:
        """Iterates over the messages of a stream. Opens it again when it ends."""
        while True:
            call = await self.run(stream.next_call())
            rpc = self._channel.unary_stream(
                call.method.path, call.method.request.SerializeToString, call.method.reply.FromString
            )
            responses: Any = rpc(call.request, metadata=call.metadata)
            failure: ApiError | None = None
            try:
                async for message in responses:
                    if stream.take(message):
                        yield message
            except grpc.aio.AioRpcError as error:
                failure = error_from_rpc(cast("RpcFailure", error), call.request_id)
            finally:
                responses.cancel()
            await asyncio.sleep(stream.pause_seconds(failure))

    async def close(self) -> None:
        """Closes the connection, after token refreshes that are in progress have finished."""
        if self._finishing:
            await asyncio.wait(self._finishing)
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    def _connect(self) -> None:
        target, credentials, options = self.edge.target, self.edge.credentials, self._options
        self._finishing = set()
        if credentials is None:
            self._channel = grpc.aio.insecure_channel(target, options)
        else:
            self._channel = grpc.aio.secure_channel(target, credentials, options)

    async def _take(self, step: Step) -> Any:
        match step:
            case Sleep(seconds):
                return await asyncio.sleep(seconds)
            case Finish(plan):
                # Shielded: a cancelled caller must not lose the new tokens of a refresh.
                task = asyncio.ensure_future(self.run(plan))
                self._finishing.add(task)
                task.add_done_callback(self._finishing.discard)
                return await asyncio.shield(task)
            case Send(method, request, metadata, request_id, timeout_seconds):
                rpc = self._channel.unary_unary(method.path, method.request.SerializeToString, method.reply.FromString)
                try:
                    return await rpc(request, timeout=timeout_seconds, metadata=metadata)
                except grpc.aio.AioRpcError as error:
                    raise error_from_rpc(cast("RpcFailure", error), request_id) from None
