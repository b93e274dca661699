"""The same conversations on every chat platform."""
