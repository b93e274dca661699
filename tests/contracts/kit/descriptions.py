"""Where the official descriptions are, and what each of them needs before it can be used."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.contracts.kit.openapi import Description, OpenApiDescription
from tests.contracts.kit.tautulli import TautulliDescription
from tests.contracts.kit.telegram import TelegramDescription


@dataclass(frozen=True, slots=True)
class _Known:
    file: str
    loose: bool = False  # response schemas were guessed from one example each
    dropped: tuple[str, ...] = ()
    base: str | None = None  # None: from the document's first server


_UI_ROUTES = ("/", "/{path}", "/content/{path}")
KNOWN: Mapping[str, _Known] = {
    "plex": _Known("plex/plex-api-spec.yaml", base=""),
    "plex-older": _Known("plex/plex-media-server-spec-dereferenced-2025-10.yaml", base=""),
    "jellyfin": _Known("jellyfin/openapi-10.11.11.json", base=""),
    "emby": _Known("emby/openapi_v3.json"),
    "tmdb": _Known("tmdb/openapi.json", loose=True),
    "seerr": _Known("seerr/seerr-api.yml"),
    "overseerr": _Known("seerr/overseerr-api.yml"),
    "radarr": _Known("radarr/openapi-v3.json", dropped=_UI_ROUTES, base=""),
    "sonarr": _Known("sonarr/openapi-v3.json", dropped=_UI_ROUTES, base=""),
    "ollama": _Known("ollama/openapi.yaml"),
    "talk": _Known("nextcloud-talk/openapi-full.json", base=""),
    "talk-bots": _Known("nextcloud-talk/openapi-bots.json", base=""),
    "discord": _Known("discord/openapi.json"),
    "trakt": _Known("trakt/openapi.json"),
}


def specs_folder() -> Path:
    """The folder of the descriptions; it need not exist."""
    default = Path(__file__).resolve().parents[4] / "shared" / "specs"
    return Path(os.environ.get("RECOMMENDARR_SPECS") or default)


def load(name: str) -> Description:
    """The description of a service, parsed once per process. Skips the test where it is missing."""
    files = {"tautulli": "tautulli/commands.json", "telegram": "telegram/api-10.0.json"}
    file = specs_folder() / (files.get(name) or KNOWN[name].file)
    if not file.is_file():
        pytest.skip(f"needs the API description {file.name}; RECOMMENDARR_SPECS names the folder of the descriptions")
    return _loaded(name, file)


@cache
def _loaded(name: str, file: Path) -> Description:
    text = file.read_text(encoding="utf-8")
    document: Any = json.loads(text) if file.suffix == ".json" else _from_yaml(text)
    if name == "tautulli":
        return TautulliDescription(document)
    if name == "telegram":
        return TelegramDescription(document)
    known = KNOWN[name]
    base = _base(document) if known.base is None else known.base
    return OpenApiDescription(document, base=base, loose=known.loose, dropped=known.dropped)


def _from_yaml(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # both are the safe loader


def _base(document: Mapping[str, Any]) -> str:
    servers = document.get("servers") or [{"url": ""}]
    return urlsplit(re.sub(r"^{\w+}", "http://server", servers[0]["url"])).path.rstrip("/")
