"""The settings of the inventory service, from the environment (CNOP_...)."""

from __future__ import annotations

import environ

from services.common import settings


@environ.config(prefix="CNOP", frozen=True)
class Settings:
    listen: str = environ.var("127.0.0.1:50052", help="The address to serve on.")
    table: str = environ.var("cnop-inventory", help="The table of this service.")
    refresh_seconds: float = environ.var(1.0, converter=float, help="How often the catalogue is read again.")
    dynamodb: settings.DynamoDB = environ.group(settings.DynamoDB)
    mesh: settings.Mesh = environ.group(settings.Mesh)
    log: settings.Log = environ.group(settings.Log)
    server: settings.Server = environ.group(settings.Server)
