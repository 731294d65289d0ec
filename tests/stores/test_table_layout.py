"""A table of another layout is refused, by the command that provides it and by the services."""

from __future__ import annotations

import logging
import uuid
from typing import Any

import pytest
from aiodynamo.client import Client
from aiodynamo.errors import TableNotFound

from services import provision
from services.common import settings
from services.common.startup import StartupError
from services.inventory import schema as inventory
from services.order import schema as order
from services.provision import TableSettings
from services.table_layout import KEY, LayoutCheck
from services.user import schema as user

SCHEMAS = [inventory, order, user]


def names(one: Any) -> str:
    return str(one.__name__)


@pytest.fixture
def config(endpoint: str, aws: None) -> TableSettings:
    return TableSettings(table=f"test-{uuid.uuid4()}", dynamodb=settings.DynamoDB(endpoint=endpoint))


@pytest.mark.parametrize("schema", SCHEMAS, ids=names)
async def test_a_table_gets_its_layout_once_and_is_served(schema: Any, config: TableSettings, client: Client) -> None:
    for _ in range(2):
        provision.provision(config, schema.TABLE, schema.LAYOUT)
    await LayoutCheck(client, config.table, schema.LAYOUT).run()
    item = await client.get_item(config.table, KEY)
    assert item == {**KEY, "version": schema.LAYOUT}


async def test_a_table_of_another_layout_is_refused_with_what_to_do(config: TableSettings, client: Client) -> None:
    provision.provision(config, inventory.TABLE, 1)
    for wanted, what in ((2, "name a new table by CNOP_TABLE, and provision it"), (0, "run a release that is as new")):
        with pytest.raises(StartupError, match=f"has layout 1, and this release needs {wanted}: {what}"):
            provision.provision(config, inventory.TABLE, wanted)
        with pytest.raises(StartupError, match=f"has layout 1, and this release needs {wanted}: {what}"):
            await LayoutCheck(client, config.table, wanted).at_startup()


async def test_a_table_with_items_and_no_layout_is_an_older_one(config: TableSettings, client: Client) -> None:
    assert provision.ensure_table(provision.connect(config.dynamodb.endpoint), config.table, inventory.TABLE)
    await client.put_item(config.table, {"pk": "CATALOGUE", "sk": "BTC"})
    with pytest.raises(StartupError, match="has layout 0, and this release needs 1: name a new table"):
        provision.provision(config, inventory.TABLE, 1)
    with pytest.raises(StartupError, match="run the command provision first"):
        await LayoutCheck(client, config.table, 1).run()


def test_an_empty_table_with_other_indexes_is_an_older_one(config: TableSettings) -> None:
    first, second = order.TABLE["LocalSecondaryIndexes"]
    older = {**order.TABLE, "LocalSecondaryIndexes": [{**first, "IndexName": "another"}, second]}
    assert provision.ensure_table(provision.connect(config.dynamodb.endpoint), config.table, older)
    with pytest.raises(StartupError, match="has layout 0"):
        provision.provision(config, order.TABLE, order.LAYOUT)


def test_a_provision_that_was_interrupted_is_finished(config: TableSettings) -> None:
    assert provision.ensure_table(provision.connect(config.dynamodb.endpoint), config.table, order.TABLE)
    provision.provision(config, order.TABLE, order.LAYOUT)


async def test_a_table_that_cannot_be_read_is_checked_later(
    config: TableSettings, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    layout = LayoutCheck(client, config.table, 1)
    with caplog.at_level(logging.WARNING, "cnop.table"):
        await layout.at_startup()
    assert [record.message for record in caplog.records] == ["the table cannot be read yet"]
    calls: list[str] = []

    async def check() -> None:
        calls.append("checked")

    healthy = layout.then(check)
    with pytest.raises(TableNotFound):
        await healthy()
    assert calls == []
    provision.provision(config, inventory.TABLE, 1)
    await healthy()
    assert calls == ["checked"]


async def test_a_layout_is_read_once(config: TableSettings, client: Client) -> None:
    provision.provision(config, inventory.TABLE, 1)
    layout = LayoutCheck(client, config.table, 1)
    await layout.run()
    await client.delete_item(config.table, KEY)
    await layout.run()
    with pytest.raises(StartupError, match=config.table):
        await LayoutCheck(client, config.table, 1).run()
