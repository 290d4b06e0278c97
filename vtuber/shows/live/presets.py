"""What `--low-power` and `--quality` stand for: settings, before which other flags go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# 960x540 is what Discord and small windows show; 30 a second is what streams of it have.
LOW_POWER: Mapping[str, Any] = {"size": "960x540", "fps": 30}
QUALITY: Mapping[str, Any] = {"size": "1920x1080", "fps": 60}
