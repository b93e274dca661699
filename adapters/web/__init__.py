"""The web server: health, metrics, and the webhooks of platforms and services."""

from __future__ import annotations

from fastapi import APIRouter as Router

from adapters.web.app import build_app
from adapters.web.metrics import PrometheusMeter
from adapters.web.server import WebServer

__all__ = ["PrometheusMeter", "Router", "WebServer", "build_app"]
