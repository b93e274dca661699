"""Use cases: what the product does, whatever asked for it."""
