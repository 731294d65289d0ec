"""The settings of the user service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from services.common import settings
from services.common.startup import StartupError
from services.env_settings.reader import setting
from services.env_settings.rules import ADDRESS, ADDRESSES, INTERVAL, between
from services.user.identity.login_attempts.budgets import Budget
from services.user.identity.login_attempts.domain import AttemptLimits


@dataclass(frozen=True, kw_only=True)
class SignIn:
    # The names of the variables are older than the term "login attempt"; deployments set them.
    free_tries: int = setting("The number of wrong passwords in a row that cost an account no delay.", 5)
    guesses_per_day: int = setting(
        "The maximum number of wrong passwords per account in any 24 hours; three quarters of it from one place.", 60
    )
    address_reserve_per_day: int = setting("The additional number at the owner's addresses once those are spent.", 20)
    device_reserve_per_day: int = setting(
        "The additional number on the owner's devices once those are spent; all three add up to at most 100.", 20
    )
    known_addresses: int = setting("The number of addresses that are remembered as the owner's.", 5)
    known_places: int = setting("The number of places per account whose attempts are remembered.", 16)
    address_free_tries: int = setting("The number of wrong passwords in a row that cost an address no delay.", 100)
    address_per_day: int = setting(
        "The maximum number of wrong passwords per address (IPv6: per /64) in any 24 hours, across accounts.", 2000
    )

    def limits(self) -> AttemptLimits:
        """Returns the limits of login attempts. Raises StartupError if they are inconsistent."""
        try:
            return AttemptLimits(
                anybody=Budget(self.guesses_per_day, self.free_tries),
                addresses=Budget(self.address_reserve_per_day, self.address_reserve_per_day),
                devices=Budget(self.device_reserve_per_day, self.device_reserve_per_day),
                place=Budget(self.guesses_per_day * 3 // 4, self.free_tries),
                address=Budget(self.address_per_day, self.address_free_tries),
                known_addresses_max=self.known_addresses,
                places_max=self.known_places,
            )
        except ValueError as error:
            raise StartupError(f"the settings CNOP_SIGN_IN_... are inconsistent: {error}") from None


@dataclass(frozen=True, kw_only=True)
class Revocations(settings.Revocations):
    publish_seconds: float = setting("The interval of publishing revocations to Redis.", 0.2, INTERVAL)


@dataclass(frozen=True, kw_only=True)
class Settings(settings.AuthSettings):
    listen: str = setting("The address to serve on.", "127.0.0.1:50051", ADDRESS)
    table: str = setting("The table of this service.", "cnop-users")
    inventory_address: str = setting("The address of the inventory service.", "127.0.0.1:50052", ADDRESSES)
    keys_dir: Path = setting("The folder of the signing keys, <kid>.pem, ES256.")
    key_activation_seconds: float = setting(
        "How long a new signing key is published before it signs: longer than a mounted secret takes to reach every "
        "replica (2 minutes), the interval of rereading it, and what the edge caches (jwks_cache_seconds) together.",
        300.0,
    )
    keys_reread_seconds: float = setting("The interval of rereading the folder of the signing keys.", 5.0, INTERVAL)
    session_days: float = setting("The lifetime of a session.", 30.0, between(0.001, 3650))
    session_refreshes_per_minute: int = setting(
        "How often a session may be refreshed, at each replica.", 30, between(1, 1_000_000)
    )
    bcrypt_cost: int = setting("The cost of bcrypt: 2**cost rounds.", 12, between(4, 20))
    minimum_age: int = setting("The minimum age of a user who states a date of birth, in years.", 13, between(0, 150))
    sign_in: SignIn = SignIn()
    daily_deposit_max: Decimal = setting(
        "The maximum deposits of an account per day (UTC), in dollars.", Decimal("1000000.00")
    )
    daily_withdrawal_max: Decimal = setting(
        "The maximum withdrawals of an account per day (UTC), in dollars.", Decimal("500000.00")
    )
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    revocations: Revocations = Revocations()
    mesh: settings.Mesh
