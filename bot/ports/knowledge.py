"""What strangers in open data know, where the owner has installed it."""

from __future__ import annotations

from typing import Protocol

from engine.scoring.public import PublicKnowledge


class PublicKnowledgeSource(Protocol):
    """The installed public knowledge, if there is any."""

    def version(self) -> str:
        """Changes when the knowledge does; empty when there is none. Cheap."""
        ...

    def read(self) -> PublicKnowledge | None:
        """The knowledge; None when there is none. Blocks. Raises: InvalidFile, when it cannot be used."""
        ...
