"""Titles and reasons, drawn as cards."""
