"""The ratelimit service: counts the calls of users and addresses for the edge (envoy.service.ratelimit.v3).

python -m services.ratelimit   serves
"""

from __future__ import annotations

import argparse
import logging

import uvloop
from cnop.ratelimit.v3 import rls_pb2_grpc

from services.common import logs, settings, startup
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from services.common.startup import StartupError
from services.ratelimit.counters import RedisCounters
from services.ratelimit.limiter import Limiter
from services.ratelimit.metrics import Metrics
from services.ratelimit.servicers import RateLimitServicer
from services.ratelimit.settings import Settings
from services.ratelimit.watch import RulesFile
from services.redis_client import client as redis_client

SERVICES = ("envoy.service.ratelimit.v3.RateLimitService",)

logger = logging.getLogger("cnop.ratelimit")


async def serve(config: Settings) -> None:
    """Wires the parts and serves until SIGTERM. Raises StartupError if the limits file is invalid."""
    mesh = Mesh(config.mesh.trust_domain, config.mesh.namespace)
    certificates = Certificates(config.mesh.certs_dir)
    metrics = Metrics()

    def on_redis(is_up: bool) -> None:
        metrics.set_counters_up(is_up)
        if is_up:
            logger.info("the counters are available again")
        else:
            logger.warning("the counters are unavailable; the edge applies its own fallback limits")

    try:
        rules = RulesFile(config.limits_file, metrics.set_rules_good)
    except ValueError as error:
        raise StartupError(str(error)) from None
    async with redis_client.connect(config.redis) as redis:
        counters = RedisCounters(redis, config.sync_seconds, config.retry_seconds, on_redis)
        contract = ContractInterceptor(
            read_policies(SERVICES),
            None,
            mesh,
            config.server.concurrency,
            success_level=logging.DEBUG,  # the edge logs the same request, and a log line costs a fifth of a call
        )
        grpc_server = server.build(contract, config.server)
        servicer = RateLimitServicer(Limiter(rules, counters, metrics))
        rls_pb2_grpc.add_RateLimitServiceServicer_to_server(servicer, grpc_server)
        if config.metrics_listen:
            metrics.serve(config.metrics_listen)
        await server.serve(
            grpc_server,
            config.listen,
            SERVICES,
            counters.check,
            config.server,
            certificates=certificates,
            health_listen=config.health_listen,
            background=[lambda: rules.watch(config.limits_watch_seconds), counters.keep_synced],
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m services.ratelimit",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.parse_args()
    with startup.exits():
        config: Settings = settings.load(Settings)
        logs.set_up("ratelimit", config.log.level)
        uvloop.run(serve(config))


if __name__ == "__main__":
    main()
