"""The settings of the inventory service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass

from services.common import settings
from services.common.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    listen: str = setting("The address to serve on.", "127.0.0.1:50052")
    table: str = setting("The table of this service.", "cnop-inventory")
    refresh_seconds: float = setting("How often the catalogue is read again.", 1.0)
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    mesh: settings.Mesh
    log: settings.Log = settings.Log()
    server: settings.Server = settings.Server()
