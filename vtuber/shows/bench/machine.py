"""Names the machine that was measured, and what this process holds of it."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path


def describe() -> dict[str, object]:
    """Give cores, processor, system and how busy others keep it."""
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": load,
        "niceness": os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else None,
    }


def _processor() -> str:
    """Ask Linux for the name that it knows; elsewhere Python's word."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def peak_rss_mb() -> float | None:
    """Give the most memory that this process has held so far; None where nobody says."""
    if sys.platform == "win32":
        return None
    import resource

    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kept / (1e6 if sys.platform == "darwin" else 1e3), 1)
