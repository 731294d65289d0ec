"""The settings of the order service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.common import settings
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, ADDRESSES, between
from services.streams.settings import StreamSettings

PERCENT = between(0, 100)


@dataclass(frozen=True, kw_only=True)
class Settings(settings.AuthSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50053", ADDRESS)
    table: str = setting("The table of this service.", "cnop-orders")
    user_address: str = setting("The address of the user service.", "127.0.0.1:50051", ADDRESSES)
    inventory_address: str = setting("The address of the inventory service.", "127.0.0.1:50052", ADDRESSES)
    answer_seconds: float = setting("How long CreateOrder waits for an order before it returns it as PENDING.", 5.0)
    fee_buy_percent: Decimal = setting("The fee of a buy, in percent of its amount.", Decimal("0.10"), PERCENT)
    fee_sell_percent: Decimal = setting("The fee of a sell, in percent of its amount.", Decimal("0.10"), PERCENT)
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    streams: StreamSettings = StreamSettings()
    mesh: settings.Mesh
