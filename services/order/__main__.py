"""The order service: orders and the saga that fills them.

python -m services.order             serves
python -m services.order provision   makes the table
"""

from __future__ import annotations

import argparse
import asyncio

import uvloop
from cnop.order.v1 import order_admin_service_pb2_grpc, order_service_pb2_grpc

from services.common import channels, dynamo, logs, policy, provision, server, settings, times
from services.common.contract import Contract
from services.common.mesh import MeshSecret
from services.common.pages import PageTokens
from services.common.tokens import RemoteKeys, TokenVerifier
from services.order.clients import Inventory, Users
from services.order.recovery import Recovery
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.schema import TABLE
from services.order.servicers import OrderAdminServicer, OrderServicer
from services.order.settings import Settings
from services.order.store import OrderStore
from services.order.usecases import Orders

SERVICES = ("cnop.order.v1.OrderService", "cnop.order.v1.OrderAdminService")
INVENTORY_SERVICES = ("cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService")
USER_SERVICES = ("cnop.user.v1.AuthService", "cnop.user.v1.AccountService", "cnop.user.v1.SettlementService")


async def serve(config: Settings) -> None:
    """Wires the parts and serves until SIGTERM."""
    mesh = MeshSecret.from_file(config.mesh.secret_file)
    caller = channels.Caller(mesh, "order")
    now = times.clock(config.clock.offset_seconds)
    inventory_channel = channels.connect(config.inventory_address, *INVENTORY_SERVICES)
    user_channel = channels.connect(config.user_address, *USER_SERVICES)
    async with dynamo.connect(config.dynamodb) as client, inventory_channel, user_channel:
        store = OrderStore(client, config.table)
        inventory, users = Inventory(inventory_channel, caller, config.quote_seconds), Users(user_channel, caller)
        saga = Saga(store, inventory, users, now)
        orders = Orders(store, saga, inventory, users, config.answer_seconds, now)
        recovery = Recovery(RecoveryStore(client, config.table), saga, now)
        pages = PageTokens(mesh.derive("page-tokens"))
        tokens = TokenVerifier(RemoteKeys(users.jwks), config.token.issuer, config.token.audience)

        grpc_server = server.build(
            Contract(policy.read(SERVICES), tokens, mesh, config.server.concurrency), config.server
        )
        order_service_pb2_grpc.add_OrderServiceServicer_to_server(OrderServicer(orders, pages), grpc_server)
        order_admin_service_pb2_grpc.add_OrderAdminServiceServicer_to_server(
            OrderAdminServicer(recovery, pages), grpc_server
        )
        sweeping = asyncio.create_task(recovery.run())
        await server.serve(
            grpc_server, config.listen, SERVICES, lambda: store.get("health-check", "none"), config.server
        )
        sweeping.cancel()
        await saga.drained()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.order",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision"], default="serve")
    command = parser.parse_args().command
    if command == "provision":
        table: provision.TableSettings = settings.load(provision.TableSettings)
        provision.ensure_table(provision.client(table.dynamodb.endpoint), table.table, TABLE)
        return
    config: Settings = settings.load(Settings)
    logs.set_up("order", config.log.level)
    uvloop.run(serve(config))


if __name__ == "__main__":
    main()
