"""The settings of the inventory service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass

from services.common import settings
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, ADDRESSES, INTERVAL, between
from services.streams.settings import StreamSettings


@dataclass(frozen=True, kw_only=True)
class LoaderSettings:
    """The settings of the load-catalogue command."""

    table: str = setting("The table of this service.", "cnop-inventory")
    stock_shards: int = setting(
        "The number of items that the stock of an asset is spread over; 1 is enough for about 400 orders per second of "
        "one asset. It cannot be reduced later.",
        1,
        between(1, 90),  # an asset is added with all its shards in one transaction, of at most 100 items
    )
    dynamodb: settings.DynamoDB = settings.DynamoDB()


@dataclass(frozen=True, kw_only=True)
class Settings(LoaderSettings, settings.AuthSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50052", ADDRESS)
    refresh_seconds: float = setting("The seconds between two reads of the catalogue.", 1.0, INTERVAL)
    user_address: str = setting("The address of the user service.", "127.0.0.1:50051", ADDRESSES)
    streams: StreamSettings = StreamSettings()
    mesh: settings.Mesh
