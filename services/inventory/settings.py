"""The settings of the inventory service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.common import settings
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, ADDRESSES, INTERVAL, Rule, between, one_of
from services.prices.frame import Source
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
class ExchangeSettings:
    """The exchange, if prices come from one."""

    name: str = setting("The exchange, by its name in ccxt, if prices come from one.", "kraken")
    currency: str = setting("The currency of the prices there. They count as dollars.", "USD")


@dataclass(frozen=True, kw_only=True)
class Settings(LoaderSettings, settings.AuthSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50052", ADDRESS)
    refresh_seconds: float = setting("The seconds between two reads of the catalogue.", 1.0, INTERVAL)
    user_address: str = setting("The address of the user service.", "127.0.0.1:50051", ADDRESSES)
    price_source: str = setting(
        "Where prices come from: simulated, fixed (as admins set them) or exchange.",
        "simulated",
        one_of(*(source.lower() for source in Source)),
    )
    spread_percent: Decimal = setting(
        "The difference between ask and bid, in percent of the price between them; half of it on each side.",
        Decimal("0.05"),
        between(0, 50),
    )
    spreads: str = setting(
        "This difference where a category has its own, like stablecoin=0.01,meme=0.20; empty for nowhere.",
        "",
        Rule("CATEGORY=PERCENT, or several, separated by commas", lambda text: bool(percents(text))),
    )
    exchange: ExchangeSettings = ExchangeSettings()
    streams: StreamSettings = StreamSettings()
    mesh: settings.Mesh

    @property
    def source(self) -> Source:
        """Where prices come from."""
        return Source(self.price_source.upper())


def percents(text: str) -> dict[str, Decimal]:
    """Returns percents from 0 to 50 by category, from CNOP_SPREADS. Raises ValueError."""
    found = dict(part.split("=") for part in text.split(",")) if text else {}
    values = {category.strip(): Decimal(percent.strip()) for category, percent in found.items()}
    if not all(category and 0 <= percent <= 50 for category, percent in values.items()):
        raise ValueError(text)
    return values
