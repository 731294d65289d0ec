"""The network of the cluster: a namespace of its own. It reaches nothing outside, and nothing outside reaches it."""

from __future__ import annotations

import json

from .paths import CNI_CONFIG, NAMESPACE, NETNS, NODE_ADDRESS, POD_NETWORK, RUN
from .shell import attempt, run

# Not `ip netns exec`, which mounts another /sys: runc would not find the cgroups there.
INSIDE = ("nsenter", f"--net={NETNS}")

_BRIDGE = {
    "cniVersion": "1.0.0",
    "name": "pods",
    "plugins": [
        {
            "type": "bridge",
            "bridge": "cni0",
            "isGateway": True,
            "ipMasq": False,
            "hairpinMode": True,
            "ipam": {
                "type": "host-local",
                "dataDir": str(RUN / "addresses"),
                "ranges": [[{"subnet": POD_NETWORK}]],
                "routes": [{"dst": "0.0.0.0/0"}],
            },
        },
        {"type": "portmap", "capabilities": {"portMappings": True}},
    ],
}
_GATEWAY = "10.10.0.254"  # answers nothing; programs look for a default route to find the address of the node


def create() -> None:
    """Creates the namespace with one address, and the configuration of the pods' network."""
    CNI_CONFIG.mkdir(parents=True, exist_ok=True)
    (CNI_CONFIG / "10-pods.conflist").write_text(json.dumps(_BRIDGE, indent=1))
    if NETNS.exists():
        return
    run("ip", "netns", "add", NAMESPACE)
    for step in (
        "link set lo up",
        "link add eth0 type veth peer name eth0p",
        "link set eth0p up",
        f"address add {NODE_ADDRESS}/24 dev eth0",
        "link set eth0 up",
        f"route add default via {_GATEWAY} dev eth0",
    ):
        run(*INSIDE, "ip", *step.split())
    run(*INSIDE, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")


def remove() -> None:
    """Removes the namespace; the bridge and all links go with it."""
    if NETNS.exists():
        attempt("ip", "netns", "delete", NAMESPACE)
