"""The synchronous client."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import grpc

from cnop_client.errors import ApiError, RpcFailure, error_from_rpc
from cnop_client.operations import Operations
from cnop_client.plans import Finish, Pages, Plan, Send, Sleep, Step
from cnop_client.streams import Stream

T = TypeVar("T")


class Client(Operations):
    """A client of the edge. Threads may share it.

    with Client("localhost:8080") as client:
        client.login("ada", password)
    """

    _channel: grpc.Channel

    def run(self, plan: Plan[T]) -> T:
        """Executes a plan and returns its result."""
        try:
            step = next(plan)
            while True:
                try:
                    outcome = self._take(step)
                except ApiError as error:
                    step = plan.throw(error)
                else:
                    step = plan.send(outcome)
        except StopIteration as end:
            return cast("T", end.value)
        finally:
            plan.close()

    def iterate(self, pages: Pages[T]) -> Iterator[T]:
        """Iterates over the items of all pages. Fetches a page when it is needed."""
        while not pages.is_done:
            yield from self.run(pages.next_page())

    def follow(self, stream: Stream[T]) -> Iterator[T]:
        """Iterates over the messages of a stream. Opens it again when it ends."""
        while True:
            call = self.run(stream.next_call())
            rpc = self._channel.unary_stream(
                call.method.path, call.method.request.SerializeToString, call.method.reply.FromString
            )
            responses: Any = rpc(call.request, metadata=call.metadata)
            failure: ApiError | None = None
            try:
                for message in responses:
                    if stream.take(message):
                        yield message
            except grpc.RpcError as error:
                failure = error_from_rpc(cast("RpcFailure", error), call.request_id)
            finally:
                responses.cancel()
            time.sleep(stream.pause_seconds(failure))

    def close(self) -> None:
        """Closes the connection."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _connect(self) -> None:
        target, credentials, options = self.edge.target, self.edge.credentials, self._options
        if credentials is None:
            self._channel = grpc.insecure_channel(target, options)
        else:
            self._channel = grpc.secure_channel(target, credentials, options)

    def _take(self, step: Step) -> Any:
        match step:
            case Sleep(seconds):
                return time.sleep(seconds)
            case Finish(plan):
                return self.run(plan)
            case Send(method, request, metadata, request_id, timeout_seconds):
                rpc = self._channel.unary_unary(method.path, method.request.SerializeToString, method.reply.FromString)
                try:
                    return rpc(request, timeout=timeout_seconds, metadata=metadata)
                except grpc.RpcError as error:
                    raise error_from_rpc(cast("RpcFailure", error), request_id) from None
