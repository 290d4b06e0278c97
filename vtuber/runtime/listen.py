"""Opens a listening socket: a port that was asked for, or the default one and its neighbours."""

from __future__ import annotations

import os
import socket

from vtuber.core.errors import UserError

DEFAULT_PORT = 9301
PORTS_TRIED = 20
BACKLOG = 64


def listen(host: str, port: int) -> socket.socket:
    """Bind and listen; port 0 means the default one or the next that is free. Raises UserError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, None, family)
    except socket.gaierror as error:
        raise UserError(f"no such host to listen on: {host!r} ({error.strerror})") from error
    tried = [port] if port else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for number in tried:
        try:
            return socket.create_server((host, number), family=family, backlog=BACKLOG)
        except OverflowError as error:
            raise UserError(f"port {number} does not exist; choose one of 1 to 65535") from error
        except OSError as error:
            fault, reason = error, os.strerror(error.errno or 0)
    if port:
        raise UserError(
            f"cannot listen on {host} port {port}: {reason}; "
            "end the other program, or choose another with port=NUMBER"
        ) from fault
    raise UserError(
        f"cannot listen on {host}: {reason} (ports {tried[0]} to {tried[-1]} tried); "
        "choose another with port=NUMBER"
    ) from fault
