"""The layout of a table, which is stored in it: its keys, its indexes and the meaning of its items.

Indexes of a table can hardly be changed in place, and services of one layout misread items of another.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.startup import StartupError

KEY = {"pk": "#SCHEMA", "sk": "#SCHEMA"}
VERSION = "version"

logger = logging.getLogger("cnop.table")


def refusal(table: str, found: int | None, wanted: int) -> StartupError:
    """Returns the error for a table of another layout; 0 stands for one from before layouts were stored."""
    if found is None:
        return StartupError(f"the table {table} was not provisioned to the end: run the command provision first")
    what = f"the table {table} has layout {found}, and this release needs {wanted}"
    if found > wanted:
        return StartupError(f"{what}: run a release that is as new as the table")
    return StartupError(f"{what}: name a new table by CNOP_TABLE, and provision it; the old one is left as it is")


class LayoutCheck:
    """Checks once that a table has the layout that this release needs."""

    def __init__(self, client: Client, table: str, version: int) -> None:
        self._client = client
        self._table = table
        self._version = version
        self._is_checked = False

    async def run(self) -> None:
        """Raises StartupError if the table has another layout, and what prevents the read."""
        if self._is_checked:
            return
        item = await dynamo.get(self._client, self._table, KEY)
        found = int(item[VERSION]) if item else None
        if found != self._version:
            raise refusal(self._table, found, self._version)
        self._is_checked = True

    def then(self, check: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        """Returns a check of the health: this one, and then another."""

        async def both() -> None:
            await self.run()
            await check()

        return both

    async def at_startup(self) -> None:
        """Raises StartupError if the table has another layout. One that cannot be read yet is left to the health."""
        try:
            await self.run()
        except StartupError:
            raise
        except Exception as error:
            logger.warning("the table cannot be read yet", extra={"why": repr(error)})
