"""What every command starts with: settings and logs."""

from __future__ import annotations

from typing import Any

from bot.logs import configure_logs
from bot.settings import Settings, load_settings


def start(**overrides: Any) -> Settings:
    """Read the settings and set logging up. Raises: InvalidSettings."""
    settings = load_settings(**overrides)
    configure_logs(settings.log.level, json_lines=settings.log.json_lines)
    return settings
