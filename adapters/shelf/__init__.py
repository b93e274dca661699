"""What is costly to make, kept in files of the state directory and mapped into memory when it is needed again."""

from __future__ import annotations

from adapters.shelf.shelf import FileShelf

__all__ = ["FileShelf"]
