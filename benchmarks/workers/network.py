"""A network that only this process and what it starts are in: hosts, a database, and machines with a cable to each.

Namespaces of Linux, which end with the process; only root may make them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass

DATABASE = "10.78.0.1"
"""Where the database listens; `allowed` to reach it are its neighbours."""
NEIGHBOURS = "10.78.0.0/24"
_HARDWARE = "02:00:00:00:00:01"
_NEW_MOUNTS, _NEW_NETWORK = 0x20000, 0x40000000  # CLONE_NEWNS, CLONE_NEWNET


class NoNamespaces(Exception):  # noqa: N818 (a state, not a fault)
    """There can be no network of our own, and why."""


def host(number: int) -> str:
    """Return the address of a host, counted from 0."""
    return f"10.77.0.{number + 1}"


def enter(hosts: int) -> None:
    """Move this process, which must have one thread, into a network with so many hosts; raises NoNamespaces."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        raise NoNamespaces("namespaces are made by root with the program ip (apt-get install iproute2)")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_MOUNTS | _NEW_NETWORK):
        raise NoNamespaces(f"unshare: {os.strerror(ctypes.get_errno())}")
    os.makedirs("/run/netns", exist_ok=True)
    _run("mount", "--make-rprivate", "/")
    _run("mount", "-t", "tmpfs", "none", "/run/netns")  # the names, too, are of this process alone
    _run("ip", "link", "set", "lo", "up")
    for bridge in ("sites", "db"):
        _run("ip", "link", "add", bridge, *(("address", _HARDWARE) if bridge == "db" else ()), "type", "bridge")
        _run("ip", "link", "set", bridge, "up")
    for number in range(hosts):
        _run("ip", "address", "add", f"{host(number)}/16", "dev", "sites")
    _run("ip", "address", "add", f"{DATABASE}/24", "dev", "db")


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine with a cable to the sites and one to the database."""

    number: int

    @property
    def name(self) -> str:
        """Its name."""
        return f"machine{self.number}"

    @property
    def address(self) -> str:
        """Its address as the sites see it."""
        return f"10.77.1.{self.number + 1}"

    def make(self) -> None:
        """Put it into the network."""
        _run("ip", "netns", "add", self.name)
        within = ("ip", "-n", self.name)
        _run(*within, "link", "set", "lo", "up")
        for bridge, address in (("sites", f"{self.address}/16"), ("db", f"10.78.0.{self.number + 10}/24")):
            cable = self._cable(bridge)
            _run("ip", "link", "add", cable, "type", "veth", "peer", "name", bridge, "netns", self.name)
            _run("ip", "link", "set", cable, "master", bridge, "up")
            _run(*within, "address", "add", address, "dev", bridge)
            _run(*within, "link", "set", bridge, "up")
        # As behind a router: who is cut off hears nothing at all, instead of being told that nobody is there.
        known = ("lladdr", _HARDWARE, "dev", "db", "nud", "permanent")
        _run(*within, "neighbour", "add", DATABASE, *known)

    def command(self, *words: str) -> list[str]:
        """Return what runs a program on it."""
        return ["ip", "netns", "exec", self.name, *words]

    def cut_off(self) -> None:
        """Pull the cable to the database."""
        _run("ip", "link", "set", self._cable("db"), "down")

    def plug_in(self) -> None:
        """Put the cable back."""
        _run("ip", "link", "set", self._cable("db"), "up")

    def _cable(self, bridge: str) -> str:
        return f"{bridge}{self.number}"


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NoNamespaces(f"{' '.join(command)}: {done.stderr.strip()}")
