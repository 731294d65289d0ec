"""What the commands do to the secrets of an installation, and say about it, line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from services.bootstrap import authority, mesh_secret, signing_keys
from services.bootstrap.certificates import MeshCertificates
from services.bootstrap.secret import Change, Files, Secret
from services.bootstrap.signing_keys import Lifetimes
from services.common import times
from services.common.startup import StartupError

KEYS, MESH, CERTIFICATES = KINDS = ("keys", "mesh", "certificates")


@dataclass(frozen=True)
class Secrets:
    """All secrets of an installation."""

    keys: Secret
    mesh: Secret
    certificates: MeshCertificates


def create(secrets: Secrets, kinds: Collection[str]) -> Iterator[str]:
    """Creates what is missing, and renews certificates with less than half their life left."""
    if KEYS in kinds:
        change = secrets.keys.change(lambda files: signing_keys.with_first(files, times.now()))
        yield _line(secrets.keys, change, f"signing keys: {', '.join(signing_keys.kids(change.after))}")
    if MESH in kinds:
        yield _line(secrets.mesh, secrets.mesh.change(mesh_secret.with_secret), "mesh secret")
    if CERTIFICATES in kinds:
        for part, change in secrets.certificates.ensure().items():
            until = f"{authority.expires_at(change.after):%Y-%m-%d %H:%M} UTC"
            uri = secrets.certificates.mesh.spiffe_id(part)
            yield _line(secrets.certificates.parts[part], change, f"certificate of {uri}, valid until {until}")


def rotate_keys(keys: Secret, lifetimes: Lifetimes, leaked: Collection[str] = ()) -> Iterator[str]:
    """Adds a signing key; removes those that have leaked and those that no valid token needs.

    Raises StartupError if there is no key that is said to have leaked.
    """

    def edit(files: Files) -> Files:
        known = signing_keys.kids(files)
        if unknown := set(leaked).difference(known):
            raise StartupError(f"{keys} has no key {', '.join(sorted(unknown))}; it has {', '.join(known) or 'none'}")
        return signing_keys.rotated(files, times.now(), lifetimes, leaked)

    change = keys.change(edit)
    before, after = (signing_keys.kids(files) for files in (change.before, change.after))
    added = [kid for kid in after if kid not in before]
    for kid in added:
        alone = len(after) == 1
        yield f"added {kid}; it signs {'at once' if alone else f'in {lifetimes.activation.total_seconds():.0f} s'}"
    if not added:
        yield f"added no key: {after[-1]} is so new that it does not sign yet, or has only begun"
    for kid in before:
        if kid not in after:
            yield f"removed {kid}"


def rotate_certificates(certificates: MeshCertificates) -> Iterator[str]:
    """Renews all certificates."""
    for part, expires in certificates.rotate().items():
        yield f"{part}: valid until {expires:%Y-%m-%d %H:%M} UTC"


def _line(secret: Secret, change: Change, what: str) -> str:
    if change.before == change.after:
        return f"{secret} stays as it is: {what}"
    return f"{secret} {'changed' if change.before else 'created'}: {what}"
