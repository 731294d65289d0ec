"""Makes and rotates the secrets of an installation, where nothing else does (such as cert-manager).

python -m services.bootstrap create [keys] [mesh] [certificates]   creates what is missing (default: all three)
python -m services.bootstrap rotate-keys [--leaked KID]            adds a signing key, removes those no token needs
python -m services.bootstrap rotate-certs                          renews all certificates, by the same authority

Each with --write FOLDER or --kubernetes. A secret is a folder in FOLDER, or a Secret PREFIX-... in the namespace of
this pod: keys, mesh, authority-tls, and for each part user-tls, inventory-tls, order-tls, ratelimit-tls, edge-tls,
operator-tls. Every command can be repeated, and run twice at once. Nothing needs a restart.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from services.bootstrap import commands
from services.bootstrap.api_server import ApiServer
from services.bootstrap.certificates import PARTS, MeshCertificates
from services.bootstrap.commands import Secrets
from services.bootstrap.files import Folder
from services.bootstrap.kubernetes import KubernetesSecret
from services.bootstrap.secret import Secret
from services.bootstrap.signing_keys import Lifetimes
from services.common import settings
from services.common.mesh.identity import Mesh
from services.common.startup import StartupError
from services.env_settings.reader import setting
from services.user import settings as user

_DAYS_MAX = 825
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class MeshNames:
    trust_domain: str = setting("The trust domain of the SPIFFE ids, without --trust-domain.", "cnop")
    namespace: str = setting("The namespace in the ids, without --namespace; else that of the pod, or `local`.", "")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the command and the services must agree about has the same variables for both."""

    mesh: MeshNames = MeshNames()
    key_activation_seconds: float = setting(
        "How long the user service publishes a new key before it signs.", user.Settings.key_activation_seconds
    )
    token: settings.Token = settings.Token()
    service_account_dir: Path = setting(
        "The mounted service account: token, ca.crt, namespace.", Path("/var/run/secrets/kubernetes.io/serviceaccount")
    )

    def lifetimes(self) -> Lifetimes:
        return Lifetimes(timedelta(seconds=self.key_activation_seconds), timedelta(seconds=self.token.seconds))


def main() -> None:
    """Runs the command of the command line."""
    parser = _parser()
    options = parser.parse_args()
    if unknown := set(getattr(options, "kinds", ())).difference(commands.KINDS):
        parser.error(f"there is no kind {', '.join(sorted(unknown))}; the kinds are {', '.join(commands.KINDS)}")
    if not 0 < options.days <= _DAYS_MAX:
        parser.error(f"--days must be more than 0, and at most {_DAYS_MAX}")
    try:
        for line in _run(options, settings.load(Settings), os.environ):
            print(line, flush=True)
    except (StartupError, OSError) as error:
        raise SystemExit(f"{options.command} failed: {error}") from None


def _run(options: argparse.Namespace, config: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    secrets = _secrets(options, config, environ)
    match options.command:
        case "create":
            return commands.create(secrets, options.kinds or commands.KINDS)
        case "rotate-keys":
            return commands.rotate_keys(secrets.keys, config.lifetimes(), options.leaked)
        case _:
            return commands.rotate_certificates(secrets.certificates)


def _secrets(options: argparse.Namespace, config: Settings, environ: Mapping[str, str]) -> Secrets:
    """Returns the secrets in the folder or the namespace that the options name."""
    of, own_namespace = _place(options, config, environ)
    namespace = options.namespace or config.mesh.namespace or own_namespace
    mesh = Mesh(options.trust_domain or config.mesh.trust_domain, namespace)
    if not _LABEL.fullmatch(mesh.namespace) or not all(map(_LABEL.fullmatch, mesh.trust_domain.split("."))):
        raise StartupError(f"{mesh.spiffe_id('...')} is no SPIFFE id: use lower-case letters, digits and '-'")
    parts = {part: of(f"{part}-tls") for part in PARTS}
    certificates = MeshCertificates(mesh, of("authority-tls"), parts, timedelta(days=options.days))
    return Secrets(of("keys"), of("mesh"), certificates)


def _place(
    options: argparse.Namespace, config: Settings, environ: Mapping[str, str]
) -> tuple[Callable[[str], Secret], str]:
    """Returns where a secret is, by its name, and the namespace of this place."""
    if options.write:
        folder: Path = options.write.absolute()
        return (lambda name: Folder(folder / name)), "local"
    server, prefix = ApiServer.of_pod(environ, config.service_account_dir), options.prefix
    return (lambda name: KubernetesSecret(server, f"{prefix}-{name}", prefix)), server.namespace


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.bootstrap",
        description=__doc__,
        epilog=settings.help_text(Settings),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    create = subparsers.add_parser("create", help="create what is missing; renew certificates in their second half")
    create.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(commands.KINDS)} (default: all)")
    rotate_keys = subparsers.add_parser("rotate-keys", help="add a signing key; remove those that no token needs")
    rotate_keys.add_argument(
        "--leaked", action="append", default=[], metavar="KID", help="remove this key at once, and the tokens with it"
    )
    rotate_certs = subparsers.add_parser("rotate-certs", help="renew all certificates")
    for command in (create, rotate_keys, rotate_certs):
        _add_common(command)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--write", type=Path, metavar="FOLDER", help="folder of the secrets")
    place.add_argument("--kubernetes", action="store_true", help="Secrets in the namespace of this pod")
    parser.add_argument("--prefix", default="cnop", help="prefix of the names of Secrets: the release (default: cnop)")
    parser.add_argument("--namespace", default="", help="namespace in the SPIFFE ids (default: CNOP_MESH_NAMESPACE)")
    parser.add_argument("--trust-domain", default="", help="their trust domain (default: CNOP_MESH_TRUST_DOMAIN)")
    parser.add_argument(
        "--days", type=float, default=30.0, help="lifetime of certificates; renew them in less than half (default: 30)"
    )


if __name__ == "__main__":
    main()
