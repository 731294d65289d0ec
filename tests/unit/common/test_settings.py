from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services import provision
from services.common import settings
from services.common.startup import StartupError
from services.inventory.settings import Settings as InventorySettings
from services.order.settings import Settings as OrderSettings
from services.ratelimit.settings import Settings as RateLimitSettings
from services.user.settings import Settings as UserSettings

ENVIRONMENT = {"CNOP_KEYS_DIR": "/keys", "CNOP_MESH_SECRET_FILE": "/secret", "CNOP_MESH_CERTS_DIR": "/certs"}
ALL = [UserSettings, InventorySettings, OrderSettings, RateLimitSettings]


def test_an_unset_variable_has_its_default() -> None:
    loaded: UserSettings = settings.load(UserSettings, ENVIRONMENT)
    assert loaded.table == "cnop-users"
    assert loaded.daily_deposit_max == Decimal("1000000.00")
    assert loaded.dynamodb.connections == 64


def test_values_are_converted_to_the_types_of_the_fields() -> None:
    loaded: UserSettings = settings.load(
        UserSettings,
        {
            **ENVIRONMENT,
            "CNOP_LISTEN": "0.0.0.0:1",
            "CNOP_TOKEN_SECONDS": "60",
            "CNOP_DAILY_WITHDRAWAL_MAX": "12.34",
            "CNOP_DYNAMODB_TIMEOUT_SECONDS": "0.5",
            "CNOP_TOKEN_ISSUER": "https://example.org",
        },
    )
    assert loaded.listen == "0.0.0.0:1"
    assert loaded.token.seconds == 60
    assert loaded.daily_withdrawal_max == Decimal("12.34")
    assert loaded.dynamodb.timeout_seconds == 0.5
    assert loaded.token.issuer == "https://example.org"
    assert loaded.keys_dir == Path("/keys")


@pytest.mark.parametrize("missing", sorted(ENVIRONMENT))
def test_the_error_names_a_missing_variable(missing: str) -> None:
    environment = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    with pytest.raises(StartupError, match=f"^{missing} is not set: The "):
        settings.load(UserSettings, environment)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CNOP_TOKEN_SECONDS", "soon"),
        ("CNOP_TOKEN_SECONDS", ""),
        ("CNOP_TOKEN_SECONDS", "1.5"),
        ("CNOP_DAILY_DEPOSIT_MAX", "1,000"),
        ("CNOP_DYNAMODB_RETRY_SECONDS", "3s"),
    ],
)
def test_the_error_names_a_malformed_variable_and_its_value(variable: str, value: str) -> None:
    with pytest.raises(StartupError, match=rf"^{variable} must be a (whole )?number from .*, not {value!r}$"):
        settings.load(UserSettings, {**ENVIRONMENT, variable: value})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CNOP_BCRYPT_COST", "3"),
        ("CNOP_BCRYPT_COST", "31"),
        ("CNOP_DAILY_DEPOSIT_MAX", "NaN"),
        ("CNOP_DAILY_DEPOSIT_MAX", "Infinity"),
        ("CNOP_DAILY_WITHDRAWAL_MAX", "-1"),
        ("CNOP_DYNAMODB_CONNECTIONS", "0"),
        ("CNOP_KEYS_REREAD_SECONDS", "0"),
        ("CNOP_SERVER_CONCURRENCY", "0"),
        ("CNOP_SERVER_CONNECTION_SECONDS", "nan"),
        ("CNOP_SERVER_CONNECTION_SECONDS", "1e9"),
        ("CNOP_SERVER_DRAIN_SECONDS", "-1"),
        ("CNOP_SESSION_DAYS", "1e12"),
        ("CNOP_SIGN_IN_KNOWN_PLACES", "-1"),
    ],
)
def test_a_number_out_of_its_range_is_refused_with_the_range(variable: str, value: str) -> None:
    with pytest.raises(StartupError, match=rf"^{variable} must be a (whole )?number from [\d.,]+ to [\d,]+, not "):
        settings.load(UserSettings, {**ENVIRONMENT, variable: value})


@pytest.mark.parametrize(
    ("variable", "value", "must"),
    [
        ("CNOP_LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("CNOP_LOG_LEVEL", "17", "one of DEBUG"),
        ("CNOP_LISTEN", "nonsense", "HOST:PORT, with a port from 1 to 65535"),
        ("CNOP_LISTEN", "127.0.0.1:99999", "HOST:PORT"),
        ("CNOP_LISTEN", "127.0.0.1:0", "HOST:PORT"),
        ("CNOP_LISTEN", "127.0.0.1:-1", "HOST:PORT"),
        ("CNOP_INVENTORY_ADDRESS", "127.0.0.1:1,", "HOST:PORT, with a port from 1 to 65535, or several of them"),
        ("CNOP_DYNAMODB_ENDPOINT", "nonsense", "an address that begins with http:// or https://"),
        ("CNOP_DYNAMODB_ENDPOINT", "http://127.0.0.1:99999", "an address"),
        ("CNOP_REDIS_URL", "http://:hunter2@cache", "an address that begins with redis:// or rediss:// or unix://"),
        ("CNOP_REDIS_URL", "redis://:hunter2@cache:0", "an address"),
        ("CNOP_TABLE", " ", "more than white space"),
        ("CNOP_KEYS_DIR", "", "more than white space"),
    ],
)
def test_a_text_that_cannot_be_meant_is_refused_without_repeating_it(variable: str, value: str, must: str) -> None:
    with pytest.raises(StartupError) as error:
        settings.load(UserSettings, {**ENVIRONMENT, variable: value})
    assert str(error.value).startswith(f"{variable} must be {must}")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CNOP_LOG_LEVEL", "debug"),
        ("CNOP_LISTEN", "[::]:50051"),
        ("CNOP_LISTEN", "0.0.0.0:65535"),
        ("CNOP_INVENTORY_ADDRESS", "inventory.prod.svc.cluster.local:50052"),
        ("CNOP_INVENTORY_ADDRESS", "10.0.0.1:50052,10.0.0.2:50052"),
        ("CNOP_DYNAMODB_ENDPOINT", ""),
        ("CNOP_DYNAMODB_ENDPOINT", "https://dynamodb.eu-central-1.amazonaws.com"),
        ("CNOP_REDIS_URL", "rediss://user:hunter2@cache.internal:6380/1"),  # pragma: allowlist secret
        ("CNOP_REDIS_URL", "unix:///run/redis.sock"),
        ("CNOP_SERVER_LAME_DUCK_SECONDS", "0"),
        ("CNOP_KEY_ACTIVATION_SECONDS", "0"),
    ],
)
def test_what_deployments_set_is_accepted(variable: str, value: str) -> None:
    settings.load(UserSettings, {**ENVIRONMENT, variable: value})


@pytest.mark.parametrize("kind", [UserSettings, InventorySettings, OrderSettings, RateLimitSettings])
def test_every_default_obeys_its_own_rule(kind: type) -> None:
    environment = {**ENVIRONMENT, "CNOP_LIMITS_FILE": "/limits.toml"}
    defaults = re.findall(r"^  (CNOP_\w+)  .* \(default (.*)\)$", settings.help_text(kind), re.MULTILINE)
    assert len(defaults) > 10
    assert settings.load(kind, {**environment, **dict(defaults)}) == settings.load(kind, environment)


def test_provisioning_requires_a_table() -> None:
    with pytest.raises(StartupError, match="CNOP_TABLE"):
        settings.load(provision.TableSettings, {})


@pytest.mark.parametrize("kind", [UserSettings, InventorySettings, OrderSettings])
def test_the_help_lists_every_variable_once(kind: type) -> None:
    text = settings.help_text(kind)
    listed = [line.split()[0] for line in text.splitlines()[1:]]
    assert {"CNOP_LISTEN", "CNOP_TABLE", "CNOP_DYNAMODB_ENDPOINT", "CNOP_MESH_SECRET_FILE"} <= set(listed)
    assert len(listed) == len(set(listed))
    assert "CNOP_MESH_SECRET_FILE  The file with the secret that the services share. (required)" in text


@pytest.mark.parametrize("kind", [UserSettings, InventorySettings, OrderSettings])
def test_settings_are_immutable(kind: type) -> None:
    loaded: object = settings.load(kind, ENVIRONMENT)
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.listen = "elsewhere"  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ALL)
def test_what_a_cluster_sets_is_the_same_for_every_service(kind: type) -> None:
    found: Any = settings.load(
        kind,
        {
            **ENVIRONMENT,
            "CNOP_LIMITS_FILE": "/limits",
            "CNOP_LISTEN": "0.0.0.0:50051",
            "CNOP_HEALTH_LISTEN": "[::]:50052",
            "CNOP_REDIS_URL": "rediss://redis:6379",
            "CNOP_REDIS_PASSWORD_FILE": "/run/password",
            "CNOP_REDIS_CA_FILE": "/run/ca.crt",
            "CNOP_SERVER_CONNECTION_SECONDS": "60",
        },
    )
    assert (found.listen, found.health_listen) == ("0.0.0.0:50051", "[::]:50052")
    assert found.redis.url == "rediss://redis:6379"
    assert (found.redis.password_file, found.redis.ca_file) == ("/run/password", "/run/ca.crt")
    assert found.server.connection_seconds == 60


@pytest.mark.parametrize("kind", ALL)
def test_no_port_without_a_certificate_is_open_unless_it_is_set(kind: type) -> None:
    found: Any = settings.load(kind, {**ENVIRONMENT, "CNOP_LIMITS_FILE": "/limits"})
    assert found.health_listen == ""


def test_aws_needs_a_region_and_an_emulator_none() -> None:
    assert settings.DynamoDB().region("eu-west-1") == "eu-west-1"
    assert settings.DynamoDB(endpoint="http://127.0.0.1:8000").region("") == "local"
    with pytest.raises(StartupError, match="no AWS region is configured: set AWS_REGION"):
        settings.DynamoDB().region("")
