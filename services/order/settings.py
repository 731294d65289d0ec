"""The settings of the order service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass

from services.common import settings
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, ADDRESSES


@dataclass(frozen=True, kw_only=True)
class Settings(settings.AuthSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50053", ADDRESS)
    table: str = setting("The table of this service.", "cnop-orders")
    user_address: str = setting("The address of the user service.", "127.0.0.1:50051", ADDRESSES)
    inventory_address: str = setting("The address of the inventory service.", "127.0.0.1:50052", ADDRESSES)
    answer_seconds: float = setting("How long CreateOrder waits for an order before it returns it as PENDING.", 5.0)
    quote_seconds: float = setting("How long the price of an asset is cached.", 0.5)
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    mesh: settings.Mesh
