"""The settings of the inventory service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass

from services.common import settings
from services.common.settings import setting


@dataclass(frozen=True, kw_only=True)
class LoaderSettings:
    """What loading the catalogue needs to know."""

    table: str = setting("The table of this service.", "cnop-inventory")
    stock_shards: int = setting(
        "Over how many items the stock of an asset is spread; 1 is right for up to some 400 orders of it a second.", 1
    )
    dynamodb: settings.DynamoDB = settings.DynamoDB()


@dataclass(frozen=True, kw_only=True)
class Settings(LoaderSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50052")
    refresh_seconds: float = setting("How often the catalogue is read again.", 1.0)
    user_address: str = setting("The address of the user service.", "127.0.0.1:50051")
    redis: settings.Redis = settings.Redis()
    revocations: settings.Revocations = settings.Revocations()
    token: settings.Token = settings.Token()
    mesh: settings.Mesh
    log: settings.Log = settings.Log()
    server: settings.Server = settings.Server()
