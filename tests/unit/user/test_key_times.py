from __future__ import annotations

from edge_config.settings import EdgeSettings
from services.user.settings import Settings

SECRET_SECONDS = 120  # until a mounted secret has reached all pods
MARGIN_SECONDS = 60  # clocks, and fetches that fail


def test_a_new_key_signs_only_when_every_verifier_has_it() -> None:
    known = SECRET_SECONDS + Settings.keys_reread_seconds + EdgeSettings.jwks_cache_seconds
    assert Settings.key_activation_seconds >= known + MARGIN_SECONDS
