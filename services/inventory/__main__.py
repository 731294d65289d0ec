"""The inventory service: catalogue, prices, stock.

python -m services.inventory                  serves
python -m services.inventory provision        makes the table
python -m services.inventory load-catalogue   adds the assets of the catalogue that are missing
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import uvloop
from cnop.inventory.v1 import asset_admin_service_pb2_grpc, inventory_service_pb2_grpc, stock_service_pb2_grpc

from services.common import logs, settings, times
from services.common.auth import audit_log, revocation_cache
from services.common.auth import user_service as sign_in
from services.common.auth.audit_log import AuditLog
from services.common.dynamo import client as dynamo
from services.common.dynamo import provision
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh, MeshSecret
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from services.common.rpc.pages import PageTokens
from services.common.startup import StartupError
from services.inventory import loader
from services.inventory.admin import AssetAdmin
from services.inventory.admin_servicer import AssetAdminServicer
from services.inventory.admin_store import AdminStore
from services.inventory.catalogue import Catalogue
from services.inventory.schema import TABLE
from services.inventory.servicers import InventoryServicer, StockServicer
from services.inventory.settings import LoaderSettings, Settings
from services.inventory.stock import Stock
from services.inventory.store import InventoryStore

SERVICES = (
    "cnop.inventory.v1.InventoryService",
    "cnop.inventory.v1.StockService",
    "cnop.inventory.v1.AssetAdminService",
)
USER_SERVICES = (*sign_in.SERVICES, audit_log.SERVICE)


async def serve(config: Settings, now: times.Clock = times.now) -> None:
    """Wires the parts and serves until SIGTERM."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    user_channel = channels.connect(config.user_address, certificates, *USER_SERVICES)
    redis = revocation_cache.connect(config.redis)
    async with dynamo.connect(config.dynamodb) as client, user_channel, redis:
        store = InventoryStore(client, config.table, config.stock_shards)
        catalogue = Catalogue(store, config.refresh_seconds)
        stock = Stock(store, catalogue, now)
        trail = AuditLog(user_channel, now)
        access = sign_in.user_access(sign_in.UserService(user_channel), redis, config, trail)
        admin = AssetAdmin(store, AdminStore(client, config.table, store), trail, now)
        pages = PageTokens(secret.derive("page-tokens"))

        grpc_server = server.build(
            ContractInterceptor(read_policies(SERVICES), access, mesh, config.server.concurrency), config.server
        )
        inventory_service_pb2_grpc.add_InventoryServiceServicer_to_server(
            InventoryServicer(catalogue, store, pages), grpc_server
        )
        stock_service_pb2_grpc.add_StockServiceServicer_to_server(StockServicer(catalogue, stock), grpc_server)
        asset_admin_service_pb2_grpc.add_AssetAdminServiceServicer_to_server(AssetAdminServicer(admin), grpc_server)

        async def check() -> None:
            _ = catalogue.snapshot  # raises until the catalogue was read once
            await store.loaded()

        await catalogue.refresh()
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            check,
            config.server,
            certificates=certificates,
            background=[catalogue.keep_fresh],
        )


async def load_catalogue(config: LoaderSettings, file: Path) -> None:
    """Loads a catalogue file, showing how far it is."""
    from rich.progress import Progress  # noqa: PLC0415 - for this command alone; a server has no use for it

    with Progress() as bar:
        task = bar.add_task("loading the catalogue", total=None)
        # Nobody waits for an answer here, so a table that is slow is no reason to give up.
        patient = replace(config.dynamodb, timeout_seconds=30.0, retry_seconds=60.0)
        async with dynamo.connect(patient) as client:
            added = await loader.load(
                InventoryStore(client, config.table, config.stock_shards),
                file,
                times.now(),
                lambda done, total: bar.update(task, completed=done, total=total),
            )
        if not added:
            bar.update(task, completed=1, total=1)
    print(f"{added} assets added" if added else "the catalogue is up to date")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.inventory",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision", "load-catalogue"], default="serve")
    parser.add_argument("--file", type=Path, default=loader.CATALOGUE_FILE, help="the catalogue to load")
    options = parser.parse_args()
    try:
        if options.command == "serve":
            config: Settings = settings.load(Settings)
            logs.set_up("inventory", config.log.level)
            uvloop.run(serve(config))
            return
        if options.command == "provision":
            table: provision.TableSettings = settings.load(provision.TableSettings)
            provision.ensure_table(provision.connect(table.dynamodb.endpoint), table.table, TABLE)
        else:
            uvloop.run(load_catalogue(settings.load(LoaderSettings), options.file))
    except StartupError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
