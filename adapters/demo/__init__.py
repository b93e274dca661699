"""The embedded demo household."""
