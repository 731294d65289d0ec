"""The settings of the order service, from the environment (CNOP_...)."""

from __future__ import annotations

import environ

from services.common import settings


@environ.config(prefix="CNOP", frozen=True)
class Settings:
    listen: str = environ.var("127.0.0.1:50053", help="The address to serve on.")
    table: str = environ.var("cnop-orders", help="The table of this service.")
    user_address: str = environ.var("127.0.0.1:50051", help="The address of the user service.")
    inventory_address: str = environ.var("127.0.0.1:50052", help="The address of the inventory service.")
    answer_seconds: float = environ.var(
        5.0, converter=float, help="How long a new order may take before it is answered as PENDING."
    )
    dynamodb: settings.DynamoDB = environ.group(settings.DynamoDB)
    token: settings.Token = environ.group(settings.Token)
    mesh: settings.Mesh = environ.group(settings.Mesh)
    log: settings.Log = environ.group(settings.Log)
    server: settings.Server = environ.group(settings.Server)
