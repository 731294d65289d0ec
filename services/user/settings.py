"""The settings of the user service, from the environment (CNOP_...)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from services.common import settings
from services.common.settings import setting
from services.common.startup import StartupError
from services.user.identity.guesses import Budget, Limits


@dataclass(frozen=True, kw_only=True)
class SignIn:
    free_tries: int = setting("How many wrong passwords in a row cost an account no delay.", 5)
    guesses_per_day: int = setting(
        "The most wrong passwords on one account in any 24 hours; three quarters of them at most from one place.",
        60,
    )
    address_reserve_per_day: int = setting("How many more at the owner's addresses, when others have spent those.", 20)
    device_reserve_per_day: int = setting(
        "How many more on the owner's devices, when others have spent those; all three together at most 100.", 20
    )
    known_addresses: int = setting("How many addresses are remembered as the owner's.", 5)
    known_places: int = setting("Of how many places an account remembers what was tried from there.", 16)
    address_free_tries: int = setting("How many wrong passwords in a row cost an address no delay.", 100)
    address_per_day: int = setting(
        "The most wrong passwords from one address (of IPv6: a /64) in any 24 hours, over all accounts.", 2000
    )

    def limits(self) -> Limits:
        """Returns the budgets. Raises StartupError if they are inconsistent."""
        try:
            return Limits(
                anybody=Budget(self.guesses_per_day, self.free_tries),
                addresses=Budget(self.address_reserve_per_day, self.address_reserve_per_day),
                devices=Budget(self.device_reserve_per_day, self.device_reserve_per_day),
                place=Budget(self.guesses_per_day * 3 // 4, self.free_tries),
                address=Budget(self.address_per_day, self.address_free_tries),
                known_max=self.known_addresses,
                places_max=self.known_places,
            )
        except ValueError as error:
            raise StartupError(f"inconsistent values of CNOP_SIGN_IN_: {error}") from None


@dataclass(frozen=True, kw_only=True)
class Revocations(settings.Revocations):
    publish_seconds: float = setting("How often revocations are published to Redis.", 0.2)


@dataclass(frozen=True, kw_only=True)
class Settings:
    listen: str = setting("The address to serve on.", "127.0.0.1:50051")
    table: str = setting("The table of this service.", "cnop-users")
    inventory_address: str = setting("The address of the inventory service.", "127.0.0.1:50052")
    keys_dir: Path = setting("The folder of the signing keys, <kid>.pem, ES256.")
    key_activation_seconds: float = setting(
        "How long a new signing key is published before it signs: longer than anybody keeps the key set.", 120.0
    )
    keys_reread_seconds: float = setting("How often the folder of the signing keys is read again.", 5.0)
    session_days: float = setting("How long after its sign-in a session ends.", 30.0)
    bcrypt_cost: int = setting("The cost of hashing a password: 2**cost rounds.", 12)
    sign_in: SignIn = SignIn()
    daily_deposit_max: Decimal = setting(
        "The maximum deposits of an account per day (UTC), in dollars.", Decimal("1000000.00")
    )
    daily_withdrawal_max: Decimal = setting(
        "The maximum withdrawals of an account per day (UTC), in dollars.", Decimal("500000.00")
    )
    dynamodb: settings.DynamoDB = settings.DynamoDB()
    redis: settings.Redis = settings.Redis()
    revocations: Revocations = Revocations()
    token: settings.Token = settings.Token()
    mesh: settings.Mesh
    log: settings.Log = settings.Log()
    server: settings.Server = settings.Server()
