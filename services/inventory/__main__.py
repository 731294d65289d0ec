"""The inventory service: catalogue, prices, stock.

python -m services.inventory                  serves
python -m services.inventory provision        creates the table
python -m services.inventory load-catalogue   adds the assets of a catalogue file that are missing
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import uvloop
from cnop.inventory.v1 import asset_admin_service_pb2_grpc, inventory_service_pb2_grpc, stock_service_pb2_grpc

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
from services.inventory.admin.publication import Publication
from services.inventory.admin.servicers import AssetAdminServicer
from services.inventory.admin.store import ChangeStore
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.kept_statistics import KeptStatistics
from services.inventory.catalogue.loader import CATALOGUE_FILE, Loader
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.market.anchors import StoredAnchors
from services.inventory.market.history.servicers import CandleServicer
from services.inventory.market.history.store import CandleStore
from services.inventory.market.history.usecases import CandleLists, market_clock
from services.inventory.market.publication.frames import FrameMaker
from services.inventory.market.publication.lease import LeaseStore
from services.inventory.market.publication.publisher import Publisher
from services.inventory.market.publication.spread import Spread
from services.inventory.market.publication.stream import FrameStream
from services.inventory.market.publication.tenure import Election
from services.inventory.market.servicers import MarketServicer
from services.inventory.market.sources import exchange_prices, prices_of
from services.inventory.schema import LAYOUT, TABLE, TTL
from services.inventory.settings import LoaderSettings, Settings, percents
from services.inventory.stock.changes import SharedChanges
from services.inventory.stock.following import StockFollower
from services.inventory.stock.marks import MarkStore
from services.inventory.stock.servicers import StockServicer
from services.inventory.stock.store import StockStore
from services.inventory.stock.usecases import Stock
from services.inventory.stock.volumes import Volumes
from services.price_streams import messages
from services.price_streams.board import Board
from services.prices.feed import Feed
from services.redis_client import client as redis_client
from services.streams.runner import Streams
from services.table_layout import LayoutCheck

SERVICES = (
    "cnop.inventory.v1.InventoryService",
    "cnop.inventory.v1.StockService",
    "cnop.inventory.v1.AssetAdminService",
)
STREAM_ENDS = {"/cnop.inventory.v1.InventoryService/WatchPrices": messages.end}
USER_SERVICES = (*user_service.SERVICES, audit_log.SERVICE)
_PROGRESS_ASSETS = 50


async def serve(config: Settings, now: times.Clock = times.now) -> None:
    """Wires the parts and serves until SIGTERM."""
    secret = MeshSecret.from_file(config.mesh.secret_file)
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    user_channel = channels.connect(config.user_address, certificates, *USER_SERVICES)
    redis, price_redis = revocation_cache.connect(config.redis), redis_client.connect(config.redis)
    async with dynamo.connect(config.dynamodb, now) as client, user_channel, redis, price_redis:
        begin = dynamo.units_of_work(client)
        stock_store = StockStore(client, config.table, config.stock_shards)
        assets = CatalogueStore(client, config.table, stock_store)
        catalogue = Catalogue(assets, stock_store, config.refresh_seconds)
        lease = LeaseStore(client, config.table)
        feed = Feed(price_redis, lease)
        market_now = market_clock(feed)
        source, history, duties = prices_of(
            config.source,
            secret.derive("prices"),
            StoredAnchors(assets),
            market_now,
            lambda: exchange_prices(
                config.exchange,
                feed,
                CandleStore(client, config.table),
                lambda: catalogue.snapshot.assets,
                market_now,
            ),
        )
        spread = Spread(config.spread_percent, percents(config.spreads))
        frames = FrameMaker(catalogue, source, spread, now)
        publisher = Publisher(Election(lease), FrameStream(price_redis), frames, feed, duties)
        layout = LayoutCheck(client, config.table, LAYOUT)
        follower = StockFollower(catalogue, SharedChanges(redis))
        volumes = Volumes(MarkStore(client, config.table), lambda: catalogue.snapshot.levels, now)
        statistics = KeptStatistics(catalogue, history, now)
        priced = PricedCatalogue(catalogue, feed, statistics, volumes)
        stock = Stock(begin, stock_store, catalogue, now, follower.note)
        trail = AuditLog(user_channel, now)
        access = user_service.build_user_access(user_service.UserService(user_channel), redis, config, trail, now)
        publication = Publication(assets, catalogue, feed, redis)
        changes = ChangeStore(client, config.table)
        admin = AssetAdmin(begin, assets, stock_store, changes, trail, publication, now, follower.note)
        pages = PageTokens(secret.derive("page-tokens"))

        candles = CandleServicer(CandleLists(catalogue, history, market_now), source.kind)
        board, streams = Board(feed), Streams(config.streams, STREAM_ENDS)
        interceptor = ContractInterceptor(
            read_policies(SERVICES), access, mesh, config.server.concurrency, streams=streams
        )
        grpc_server = server.build(interceptor, config.server, config.streams.max)
        inventory_service_pb2_grpc.add_InventoryServiceServicer_to_server(
            MarketServicer(priced, pages, board, candles), grpc_server
        )
        stock_service_pb2_grpc.add_StockServiceServicer_to_server(StockServicer(priced, stock, lease), grpc_server)
        asset_admin_service_pb2_grpc.add_AssetAdminServiceServicer_to_server(
            AssetAdminServicer(admin, priced, stock_store), grpc_server
        )

        async def check() -> None:
            priced.check()
            await assets.state(consistent=False)  # raises while the table is unavailable
            await feed.newer(0)  # waits for the first prices

        async def keep_statistics() -> None:
            await feed.newer(0)  # they are those of its time
            await statistics.keep_fresh()

        await layout.at_startup()
        await catalogue.refresh()
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            layout.then(check),
            config.server,
            certificates=certificates,
            health_listen=config.health_listen,
            background=[
                catalogue.keep_fresh,
                publisher.run,
                feed.follow,
                follower.keep_fresh,
                keep_statistics,
                volumes.keep_fresh,
                board.run,
                streams.watch,
            ],
            end_streams=streams.end_all,
        )
        await publisher.release()


async def load_catalogue(config: LoaderSettings, file: Path) -> None:
    """Loads a catalogue file and prints the progress. Raises StartupError if the file or the database is unusable."""
    patient = replace(config.dynamodb, timeout_seconds=30.0, retry_seconds=60.0)  # no caller waits for a response

    def show(done: int, total: int) -> None:
        if done == total or done % _PROGRESS_ASSETS == 0:
            print(f"loading the catalogue: {done} of {total} assets", flush=True)

    async with dynamo.for_command(patient) as client:
        await LayoutCheck(client, config.table, LAYOUT).run()
        stock = StockStore(client, config.table, config.stock_shards)
        assets = CatalogueStore(client, config.table, stock)
        loader = Loader(dynamo.units_of_work(client), assets, stock, times.now)
        added = await loader.load(file, show)
    print(f"{added} assets added" if added else "the catalogue is up to date")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.inventory",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["serve", "provision", "load-catalogue"], default="serve")
    parser.add_argument("--file", type=Path, default=CATALOGUE_FILE, help="the catalogue file to load")
    options = parser.parse_args()
    with startup.exits():
        match options.command:
            case "provision":
                provision.provision(settings.load(provision.TableSettings), TABLE, LAYOUT, TTL)
            case "load-catalogue":
                uvloop.run(load_catalogue(settings.load(LoaderSettings), options.file))
            case _:
                config: Settings = settings.load(Settings)
                logs.set_up("inventory", config.log.level)
                uvloop.run(serve(config))


if __name__ == "__main__":
    main()
