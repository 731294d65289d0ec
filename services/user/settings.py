"""The settings of the user service, from the environment (CNOP_...)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import environ

from services.common import settings


@environ.config(prefix="CNOP", frozen=True)
class Settings:
    listen: str = environ.var("127.0.0.1:50051", help="The address to serve on.")
    table: str = environ.var("cnop-users", help="The table of this service.")
    inventory_address: str = environ.var("127.0.0.1:50052", help="The address of the inventory service.")
    keys_dir: Path = environ.var(converter=Path, help="The folder of the signing keys, <kid>.pem, ES256.")
    token_seconds: int = environ.var(900, converter=int, help="How long an access token is good for.")
    bcrypt_cost: int = environ.var(12, converter=int, help="The cost of hashing a password: 2**cost rounds.")
    daily_deposit_max: Decimal = environ.var(
        "1000000.00", converter=Decimal, help="The most dollars that an account takes in on one day (UTC)."
    )
    daily_withdrawal_max: Decimal = environ.var(
        "500000.00", converter=Decimal, help="The most dollars that an account gives out on one day (UTC)."
    )
    dynamodb: settings.DynamoDB = environ.group(settings.DynamoDB)
    token: settings.Token = environ.group(settings.Token)
    mesh: settings.Mesh = environ.group(settings.Mesh)
    log: settings.Log = environ.group(settings.Log)
    server: settings.Server = environ.group(settings.Server)
