"""How processes that share the work tell each other that there is some."""

from __future__ import annotations

from adapters.jobs.bell import TaskiqBell, local_bell, redis_bell

__all__ = ["TaskiqBell", "local_bell", "redis_bell"]
