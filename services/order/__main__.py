"""The order service: orders and the saga that fills them.

python -m services.order             serves
python -m services.order provision   creates the table
"""

from __future__ import annotations

import argparse

import uvloop
from cnop.order.v1 import order_admin_service_pb2_grpc, order_service_pb2_grpc

from services import provision
from services.auth import audit_log, revocation_cache, user_service
from services.auth.audit_log import AuditLog
from services.common import logs, settings, startup, times
from services.common.dynamo import client as dynamo
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh, MeshSecret
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from services.common.rpc.pages import PageTokens
from services.order.admin import OrderAdmin
from services.order.admin_servicers import OrderAdminServicer
from services.order.awaited_prices import AwaitedPrices
from services.order.clients import InventoryClient, UserClient
from services.order.previews import Previews
from services.order.price_table import PriceTable
from services.order.quotes import Fees, Quotes
from services.order.recovery import Recovery
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.schema import LAYOUT, TABLE
from services.order.servicers import OrderServicer
from services.order.settings import Settings
from services.order.store import OrderStore
from services.order.usecases import Orders
from services.order.watch import channel
from services.order.watch import servicer as watch_servicer
from services.order.watch.announcements import AnnouncedOrders, RedisAnnouncer
from services.order.watch.servicer import OrderStreams
from services.order.watch.subscriptions import Subscriptions
from services.order.watch.watched import WatchedOrders
from services.price_streams.board import Board
from services.prices.feed import Feed
from services.redis_client import client as redis_client
from services.streams.runner import Streams
from services.table_layout import LayoutCheck

SERVICES = ("cnop.order.v1.OrderService", "cnop.order.v1.OrderAdminService")
STREAM_ENDS = {
    "/cnop.order.v1.OrderService/WatchOrders": channel.end,
    "/cnop.order.v1.OrderService/Watch": watch_servicer.end,
}
INVENTORY_SERVICES = ("cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService")
USER_SERVICES = (
    *user_service.SERVICES,
    "cnop.user.v1.AccountService",
    "cnop.user.v1.SettlementService",
    audit_log.SERVICE,
)


async def serve(config: Settings, now: times.Clock = times.now) -> None:
    """Wires the parts and serves until SIGTERM."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    inventory_channel = channels.connect(config.inventory_address, certificates, *INVENTORY_SERVICES)
    user_channel = channels.connect(config.user_address, certificates, *USER_SERVICES)
    redis, price_redis = revocation_cache.connect(config.redis), redis_client.connect(config.redis)
    async with dynamo.connect(config.dynamodb, now) as client, inventory_channel, user_channel, redis, price_redis:
        announcer = RedisAnnouncer(price_redis)
        store = AnnouncedOrders(OrderStore(client, config.table), announcer)
        inventory, users = InventoryClient(inventory_channel), UserClient(user_channel)
        saga = Saga(store, inventory, users, now)
        feed = Feed(price_redis, PriceTable(inventory_channel))
        quotes = Quotes(AwaitedPrices(feed), inventory, Fees(config.fee_buy_percent, config.fee_sell_percent))
        previews = Previews(secret.derive("previews"))
        orders = Orders(store, saga, quotes, inventory, users, previews, config.answer_seconds, now)
        pending = RecoveryStore(client, config.table)
        recovery = Recovery(pending, saga, now)
        trail = AuditLog(user_channel, now)
        admin = OrderAdmin(store, pending, recovery, saga, trail, now)
        pages = PageTokens(secret.derive("page-tokens"))
        access = user_service.build_user_access(user_service.UserService(user_channel), redis, config, trail, now)
        streams = Streams(config.streams, STREAM_ENDS, access)
        board, watched = Board(feed), WatchedOrders(store, Subscriptions(price_redis), now)

        interceptor = ContractInterceptor(
            read_policies(SERVICES), access, mesh, config.server.concurrency, streams=streams
        )
        grpc_server = server.build(interceptor, config.server, config.streams.max)
        servicer = OrderServicer(orders, pages, OrderStreams(watched, board))
        order_service_pb2_grpc.add_OrderServiceServicer_to_server(servicer, grpc_server)
        order_admin_service_pb2_grpc.add_OrderAdminServiceServicer_to_server(
            OrderAdminServicer(admin, pages), grpc_server
        )
        layout = LayoutCheck(client, config.table, LAYOUT)
        await layout.at_startup()
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            layout.then(lambda: store.get("health-check", "none")),
            config.server,
            certificates=certificates,
            health_listen=config.health_listen,
            background=[
                *(recovery.run, feed.follow, streams.watch),
                *(announcer.run, board.run, watched.run, watched.listen),
            ],
            end_streams=streams.end_all,
        )
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
    with startup.exits():
        if command == "provision":
            provision.provision(settings.load(provision.TableSettings), TABLE, LAYOUT)
            return
        config: Settings = settings.load(Settings)
        logs.set_up("order", config.log.level)
        uvloop.run(serve(config))


if __name__ == "__main__":
    main()
