"""Tells this machine's own pages and programs from other web sites, by the head of a request. Pure.

A request whose Host is a foreign name (DNS rebinding), whose Origin is another site's, or of which
the browser says that another site's <img> or <script> asked, is a stranger's.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Mapping
from urllib.parse import urlsplit


def is_ours(headers: Mapping[str, str], names: Container[str]) -> bool:
    """Tell whether a request may be answered; `names` are this machine's, in lower case.

    >>> is_ours({"Host": "127.0.0.1:9301"}, {"localhost"})
    True
    >>> is_ours({"Host": "localhost:9301", "Origin": "http://evil.example"}, {"localhost"})
    False
    """
    host = headers.get("Host", "")
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:  # no address at all
        return False
    if not name or not (name in names or _is_number(name)):
        return False
    origin = headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return False
    # Browsers that say so: another site's <img> or <script>, which sends no Origin.
    is_foreign = headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    return not is_foreign or headers.get("Sec-Fetch-Mode") == "navigate"


def _is_number(name: str) -> bool:
    """Tell an IP address, which no foreign DNS server can claim."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
