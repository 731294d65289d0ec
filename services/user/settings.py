"""The settings of the user service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from services.common import settings
from services.common.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    listen: str = setting("The address to serve on.", "127.0.0.1:50051")
    table: str = setting("The table of this service.", "cnop-users")
    inventory_address: str = setting("The address of the inventory service.", "127.0.0.1:50052")
    keys_dir: Path = setting("The folder of the signing keys, <kid>.pem, ES256.")
    token_seconds: int = setting("How long an access token is good for.", 900)
    bcrypt_cost: int = setting("The cost of hashing a password: 2**cost rounds.", 12)
    daily_deposit_max: Decimal = setting(
        "The most dollars that an account takes in on one day (UTC).", Decimal("1000000.00")
    )
    daily_withdrawal_max: Decimal = setting(
        "The most dollars that an account gives out on one day (UTC).", Decimal("500000.00")
    )
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    token: settings.Token = settings.Token()
    mesh: settings.Mesh
    clock: settings.Clock = settings.Clock()
    log: settings.Log = settings.Log()
    server: settings.Server = settings.Server()
