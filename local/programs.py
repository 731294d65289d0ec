"""The programs of the system on one machine, described once for `run`, tests and benchmarks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from edge_config import configuration as edge
from edge_config.admin import Admin, AdminError
from edge_config.drain import Times, drain
from edge_config.settings import EdgeSettings
from local import authority, binaries, fetch, page_step, readiness
from local.errors import LocalError
from local.process import Program
from local.settings import StackSettings
from services.bootstrap import mesh_secret, signing_keys
from services.bootstrap.files import Folder
from services.common import times
from services.common.startup import StartupError

TOKEN_ISSUER = "https://cnop.local"  # noqa: S105 - a name, not a secret
TOKEN_AUDIENCE = "cnop"  # noqa: S105
MESH = "mesh"  # the folder of the certificates, one for each part, and of the secret of the mesh
EDGE = "edge"  # the folder of the files of Envoy
TABLES = {"user": "cnop-users", "inventory": "cnop-inventory", "order": "cnop-orders"}


def describe(settings: StackSettings, state: Path) -> list[Program]:
    """Returns all programs, each after those that it needs. `state` is the folder that `prepare` filled."""
    environment = _environment(settings, state)
    services = partial(_services, settings, state / MESH, env={**environment, **settings.service_env})
    step = partial(_step, env=environment)
    replicas = [
        *services("user", "identity, cash, holdings, ledger", after="provision-user"),
        # After the load, so that the first catalogue which it serves is the whole one.
        *services("inventory", "assets, stock, prices", after="load-catalogue"),
        *services("order", "orders, and the saga that fills them", after="provision-order"),
    ]
    the_edge = _edge(settings, state, after=(*(replica.name for replica in replicas), "ratelimit"))
    return [
        _dynamodb(settings, state),
        _valkey(settings, state),
        step("provision-user", "user", "provision", after="dynamodb"),
        step("provision-inventory", "inventory", "provision", after="dynamodb"),
        step("provision-order", "order", "provision", after="dynamodb"),
        step("load-catalogue", "inventory", "load-catalogue", after="provision-inventory"),
        *replicas,
        _ratelimit(settings, state / MESH, environment),
        *page_step.with_step(settings, the_edge, partial(_prepare_edge, settings, state)),
    ]


def keys_folder(state: Path) -> Path:
    """Returns the folder of the keys that sign tokens."""
    return state / "keys"


def mesh_secret_file(state: Path) -> Path:
    """Returns the file of the secret that the services share."""
    return state / MESH / mesh_secret.NAME


def prepare(settings: StackSettings, state: Path) -> None:
    """Creates what the programs need in their folder: secrets, Envoy's configuration, folders for data.

    Raises LocalError if the file of limits or a secret is invalid, or a file cannot be written.
    """
    with _told(state):
        _move_old_mesh_secret(state)
        Folder(keys_folder(state)).change(lambda files: signing_keys.with_first(files, times.now()))
        Folder(state / MESH).change(mesh_secret.with_secret)
        authority.ensure(state / MESH)
        _prepare_edge(settings, state)
        for folder in (state / "dynamodb", state / "valkey", settings.log_dir):
            folder.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def _told(state: Path) -> Iterator[None]:
    """Raises LocalError, with what to do, for what can go wrong with files."""
    try:
        yield
    except OSError as error:
        raise LocalError(
            f"cannot prepare the folder of data: {error.filename or state}: {error.strerror};"
            " --data-dir names another folder"
        ) from None
    except (ValueError, StartupError) as error:
        raise LocalError(str(error)) from None


def _move_old_mesh_secret(state: Path) -> None:
    """Moves the secret of an older version: what is stored depends on it."""
    old = state / "mesh-secret"
    if old.exists():
        (state / MESH).mkdir(mode=0o700, exist_ok=True)
        old.rename(mesh_secret_file(state))


def _prepare_edge(settings: StackSettings, state: Path) -> None:
    with _told(state):
        page_step.serve(settings, state)
        edge.write(edge_settings(settings, state), state / EDGE)


def edge_settings(settings: StackSettings, state: Path) -> EdgeSettings:
    """Returns the settings of the edge."""
    page, page_before = page_step.folders(settings, state)
    return EdgeSettings(
        listen=f"127.0.0.1:{settings.edge_port}",
        health=f"127.0.0.1:{settings.edge_health_port}",
        admin=f"127.0.0.1:{settings.edge_admin_port}",
        user=",".join(settings.addresses("user")),
        inventory=",".join(settings.addresses("inventory")),
        order=",".join(settings.addresses("order")),
        token_issuer=TOKEN_ISSUER,
        token_audience=TOKEN_AUDIENCE,
        allowed_origins=settings.allowed_origins,
        trust_domain=authority.TRUST_DOMAIN,
        namespace=authority.NAMESPACE,
        certs_dir=state / MESH / "edge",
        secrets_dir=state / EDGE,
        jwks_cache_seconds=settings.jwks_cache_seconds,
        connection_seconds=settings.connection_seconds,
        ratelimit=f"127.0.0.1:{settings.ratelimit_port}",
        limits=settings.limits_file,
        swagger_ui=fetch.SWAGGER_UI.folder,
        page=page,
        page_before=page_before,
        trusted_hops=settings.trusted_hops,
    )


def _dynamodb(settings: StackSettings, state: Path) -> Program:
    # It listens on all addresses, with no option to change that, and accepts any credentials. So it must hold made-up
    # data only, which is all it gets here.
    folder, is_kept = fetch.DYNAMODB.folder, settings.data_dir is not None
    java = (str(binaries.java()), *settings.java_flags, "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED")
    store = ("-dbPath", str(state / "dynamodb")) if is_kept else ("-inMemory",)
    return Program(
        name="dynamodb",
        what="DynamoDB Local: the tables",
        command=(
            *(*java, f"-Djava.library.path={folder / 'DynamoDBLocal_lib'}", "-jar", str(folder / "DynamoDBLocal.jar")),
            *("-sharedDb", "-disableTelemetry", "-port", str(settings.dynamodb_port), *store),
        ),
        env=_inherited(),
        folder=state / "dynamodb",  # it writes a file to its working directory
        port=settings.dynamodb_port,
        address=settings.dynamodb_url,
        ready=partial(readiness.answers_http, settings.dynamodb_url),
        # SIGKILL could lose the transaction that it acknowledged last.
        orphan_signal=signal.SIGTERM if is_kept else signal.SIGKILL,
    )


def _valkey(settings: StackSettings, state: Path) -> Program:
    port, is_kept = settings.redis_port, settings.data_dir is not None
    store = ("--dir", str(state / "valkey"), "--save", "60 1" if is_kept else "")
    return Program(
        name="valkey",
        what="Valkey, a Redis server",
        command=(str(binaries.valkey()), "--bind", "127.0.0.1", "--port", str(port), *store),
        env=_inherited(),
        folder=state / "valkey",
        port=port,
        address=f"redis://127.0.0.1:{port}",
        ready=partial(readiness.answers_redis, port),
    )


def _services(
    settings: StackSettings, mesh: Path, service: str, what: str, *, after: str, env: dict[str, str]
) -> list[Program]:
    """Returns the replicas of a service: user, user-2, ..."""
    return [
        Program(
            name=service if number == 1 else f"{service}-{number}",
            what=what,
            command=(sys.executable, "-m", f"services.{service}"),
            env={
                **env,
                "CNOP_LISTEN": f"127.0.0.1:{port}",
                "CNOP_TABLE": TABLES[service],
                "CNOP_MESH_CERTS_DIR": str(mesh / service),
            },
            after=(after,),
            port=port,
            address=f"grpc://127.0.0.1:{port}",
            ready=partial(readiness.serves_grpc, f"127.0.0.1:{port}", service, mesh / "operator"),
        )
        for number, port in enumerate(settings.service_ports[service], start=1)
    ]


def _ratelimit(settings: StackSettings, mesh: Path, environment: dict[str, str]) -> Program:
    # One is enough: the edge calls it for few methods, and uses limits of its own while it restarts.
    port = settings.ratelimit_port
    return Program(
        name="ratelimit",
        what="rate limits of sign-in, money and orders",
        command=(sys.executable, "-m", "services.ratelimit"),
        env={
            **environment,
            "CNOP_LISTEN": f"127.0.0.1:{port}",
            "CNOP_METRICS_LISTEN": f"127.0.0.1:{settings.ratelimit_metrics_port}",
            "CNOP_LIMITS_FILE": str(settings.limits_file),
            "CNOP_MESH_CERTS_DIR": str(mesh / "ratelimit"),
        },
        after=("valkey",),
        port=port,
        address=f"grpc://127.0.0.1:{port}",
        ready=partial(readiness.serves_grpc, f"127.0.0.1:{port}", "ratelimit", mesh / "operator"),
    )


def _step(name: str, service: str, command: str, *, after: str, env: dict[str, str]) -> Program:
    return Program(
        name=name,
        what=f"{command} of the {service} service",
        command=(sys.executable, "-m", f"services.{service}", command),
        env={**env, "CNOP_TABLE": TABLES[service]},
        after=(after,),
    )


def _edge(settings: StackSettings, state: Path, *, after: tuple[str, ...]) -> Program:
    return Program(
        name="edge",
        what="Envoy: REST, gRPC-Web and gRPC",
        command=(
            str(binaries.envoy()),
            *edge.envoy_arguments(edge_settings(settings, state)),
        ),
        env=_inherited(),
        after=after,
        port=settings.edge_port,
        address=settings.edge_url,
        ready=partial(readiness.answers_ok, settings.edge_health_url),
        drain=partial(_drain_edge, settings),
    )


async def _drain_edge(settings: StackSettings) -> None:
    # No load balancer has to learn of it, so the edge is drained as soon as no request runs.
    times = Times(at_least=0.0, quiet=0.0, at_most=settings.drain_seconds)
    with contextlib.suppress(AdminError):  # it has ended already
        await asyncio.to_thread(drain, Admin(f"127.0.0.1:{settings.edge_admin_port}"), times)


def table_environment(settings: StackSettings, service: str) -> dict[str, str]:
    """Returns the environment of a command that works on the table of a service."""
    return {**_database(settings), "CNOP_TABLE": TABLES[service]}


def _database(settings: StackSettings) -> dict[str, str]:
    return {
        **_inherited(),
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "CNOP_DYNAMODB_ENDPOINT": settings.dynamodb_url,
        "CNOP_DYNAMODB_CONNECTIONS": "6",  # the emulator runs one operation at a time
    }


def _environment(settings: StackSettings, state: Path) -> dict[str, str]:
    """Returns the environment of all services. Other CNOP_ settings come from the environment of the runner."""
    return {
        **_database(settings),
        "CNOP_REDIS_URL": f"redis://127.0.0.1:{settings.redis_port}",
        "CNOP_TOKEN_ISSUER": TOKEN_ISSUER,
        "CNOP_TOKEN_AUDIENCE": TOKEN_AUDIENCE,
        "CNOP_KEYS_DIR": str(keys_folder(state)),
        "CNOP_MESH_SECRET_FILE": str(mesh_secret_file(state)),
        "CNOP_MESH_TRUST_DOMAIN": authority.TRUST_DOMAIN,
        "CNOP_MESH_NAMESPACE": authority.NAMESPACE,
        "CNOP_USER_ADDRESS": ",".join(settings.addresses("user")),
        "CNOP_INVENTORY_ADDRESS": ",".join(settings.addresses("inventory")),
        # Even a single replica needs the lame-duck time: until the edge knows that it stops, calls still arrive, and
        # they would fail as CANCELLED.
        "CNOP_SERVER_LAME_DUCK_SECONDS": str(settings.lame_duck_seconds),
        "CNOP_SERVER_DRAIN_SECONDS": str(settings.drain_seconds),
        "CNOP_SERVER_CONNECTION_SECONDS": str(settings.connection_seconds),
        "CNOP_PRICE_SOURCE": settings.prices,
        "CNOP_SPREAD_PERCENT": settings.spread,
        "CNOP_FEE_BUY_PERCENT": settings.fee,
        "CNOP_FEE_SELL_PERCENT": settings.fee,
        "CNOP_LOG_LEVEL": settings.log_level,
        "PYTHONUNBUFFERED": "1",
        "GRPC_VERBOSITY": "NONE",  # gRPC core does not log in JSON
        "MALLOC_ARENA_MAX": "1",  # one arena is enough for an event loop and a few threads, and saves 7 MB per process
    }


def _inherited() -> dict[str, str]:
    """Returns the runner's environment without a proxy and AWS_ variables, which could lead to a real account."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**env, "NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
