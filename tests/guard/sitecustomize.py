"""Python imports this at start when this folder is on its path: no process of the tests gets out of the machine.

A connection to any place but the loopback, and the look-up of any name but localhost, is refused and written to the
file OUTSIDE_LOG names. Sockets of the file system are none of its business.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

LOG = "OUTSIDE_LOG"
_CONNECTS = frozenset(("socket.connect", "socket.sendto", "socket.sendmsg"))
_LOOKS_UP = frozenset(("socket.getaddrinfo", "socket.gethostbyname"))


def is_inside(host: object) -> bool:
    """Say whether `host`, a name or an address, is this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what leads outside."""
    if event in _CONNECTS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in _LOOKS_UP:
        host = arguments[0]
    else:
        return
    if not is_inside(host):
        if log := os.environ.get(LOG):
            with open(log, "a", encoding="utf-8") as file:
                file.write(f"{event} {host!a}\n")
        raise PermissionError(f"tests stay on the loopback: {event} {host!a}")


sys.addaudithook(guard)
