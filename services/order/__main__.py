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
from services.order.clients import InventoryClient, UserClient
from services.order.recovery import Recovery
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.schema import TABLE
from services.order.servicers import OrderServicer
from services.order.settings import Settings
from services.order.store import OrderStore
from services.order.usecases import Orders

SERVICES = ("cnop.order.v1.OrderService", "cnop.order.v1.OrderAdminService")
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
    redis = revocation_cache.connect(config.redis)
    async with dynamo.connect(config.dynamodb, now) as client, inventory_channel, user_channel, redis:
        store = OrderStore(client, config.table)
        inventory, users = InventoryClient(inventory_channel, config.quote_seconds), UserClient(user_channel)
        saga = Saga(store, inventory, users, now)
        orders = Orders(store, saga, inventory, users, config.answer_seconds, now)
        pending = RecoveryStore(client, config.table)
        recovery = Recovery(pending, saga, now)
        trail = AuditLog(user_channel, now)
        admin = OrderAdmin(store, pending, recovery, saga, trail, now)
        pages = PageTokens(secret.derive("page-tokens"))
        access = user_service.build_user_access(user_service.UserService(user_channel), redis, config, trail, now)

        grpc_server = server.build(
            ContractInterceptor(read_policies(SERVICES), access, mesh, config.server.concurrency), config.server
        )
        order_service_pb2_grpc.add_OrderServiceServicer_to_server(OrderServicer(orders, pages), grpc_server)
        order_admin_service_pb2_grpc.add_OrderAdminServiceServicer_to_server(
            OrderAdminServicer(admin, pages), grpc_server
        )
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            lambda: store.get("health-check", "none"),
            config.server,
            certificates=certificates,
            health_listen=config.health_listen,
            background=[recovery.run],
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
            provision.provision(settings.load(provision.TableSettings), TABLE)
            return
        config: Settings = settings.load(Settings)
        logs.set_up("order", config.log.level)
        uvloop.run(serve(config))


if __name__ == "__main__":
    main()
