"""Between what platforms receive and what they answer: kept first, answered in order, never lost, seldom twice."""

from __future__ import annotations

from bot.delivery.delivery import Delivery, DeliveryConfig
from bot.delivery.limits import Limits

__all__ = ["Delivery", "DeliveryConfig", "Limits"]
