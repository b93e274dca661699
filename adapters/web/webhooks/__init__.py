"""Webhooks of media servers and the services around them."""

from __future__ import annotations

from adapters.web.webhooks.router import webhooks_router

__all__ = ["webhooks_router"]
