from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from services.common import settings
from services.common.dynamo import provision
from services.common.startup import StartupError
from services.inventory.settings import Settings as InventorySettings
from services.order.settings import Settings as OrderSettings
from services.user.settings import Settings as UserSettings

ENVIRONMENT = {"CNOP_KEYS_DIR": "/keys", "CNOP_MESH_SECRET_FILE": "/secret", "CNOP_MESH_CERTS_DIR": "/certs"}


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
    with pytest.raises(StartupError) as error:
        settings.load(UserSettings, {**ENVIRONMENT, variable: value})
    assert str(error.value) == f"{variable} has an invalid value: {value!r}"


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
