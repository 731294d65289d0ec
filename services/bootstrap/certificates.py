"""The certificates of the parts of a mesh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.bootstrap import authority
from services.bootstrap.authority import Authority
from services.bootstrap.secret import Change, Files, Secret
from services.common.mesh.identity import Mesh

PARTS = ("user", "inventory", "order", "ratelimit", "edge", "operator")


@dataclass(frozen=True)
class MeshCertificates:
    """One certificate for each part, in a secret of its own, and the authority that issues them."""

    mesh: Mesh
    authority: Secret
    parts: Mapping[str, Secret]
    life: timedelta

    def ensure(self) -> dict[str, Change]:
        """Issues certificates to the parts that have none of this authority with their names and half its life left."""
        issuer = Authority.of(self.authority)
        return {part: self._change(issuer, part, renew=False) for part in self.parts}

    def rotate(self) -> dict[str, datetime]:
        """Renews all certificates; the old ones stay valid until they expire. Returns when the new ones do, by part."""
        issuer = Authority.of(self.authority)
        renewed = {part: self._change(issuer, part, renew=True) for part in self.parts}
        return {part: authority.expires_at(change.after) for part, change in renewed.items()}

    def _change(self, issuer: Authority, part: str, *, renew: bool) -> Change:
        uri, names = self.mesh.spiffe_id(part), (self.mesh.dns_name(part), "localhost")

        def edit(files: Files) -> Files:
            if not renew and issuer.is_fresh(files, uri, names):
                return files
            return {**files, **issuer.issue(uri, names, self.life)}

        return self.parts[part].change(edit)
