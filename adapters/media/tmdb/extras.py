"""What a title's page holds besides facts: trailers, seasons, and where it can be streamed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.loose import day, integer, rows, table, text
from bot.ports.metadata import Season, Trailer

_SITES = {"YouTube": "https://www.youtube.com/watch?v=", "Vimeo": "https://vimeo.com/"}
_VIDEO_KEY = re.compile(r"[\w-]{3,40}", re.ASCII)
_TYPES = ("Trailer", "Teaser")
_WITHOUT_EXTRA_PAY = ("flatrate", "free", "ads")


def trailers(page: Mapping[str, Any], locales: Sequence[str]) -> tuple[Trailer, ...]:
    """Trailers, then teasers; official ones first, the languages in the order of `locales`."""
    order = {locale.split("-")[0].casefold(): place for place, locale in enumerate(locales)}
    found: list[tuple[tuple[int, bool, int], Trailer]] = []
    for video in rows(table(page.get("videos")).get("results")):
        site, key, kind = (text(video.get(name)) for name in ("site", "key", "type"))
        if site in _SITES and _VIDEO_KEY.fullmatch(key) and kind in _TYPES:
            locale, official = text(video.get("iso_639_1")), video.get("official") is True
            trailer = Trailer(text(video.get("name")) or kind, _SITES[site] + key, locale, official)
            found.append(((_TYPES.index(kind), not official, order.get(locale, len(order))), trailer))
    return tuple(trailer for _rank, trailer in sorted(found, key=lambda pair: pair[0]))


def seasons(page: Mapping[str, Any]) -> tuple[Season, ...]:
    """The seasons of a series by number, specials (0) included."""
    found: dict[int, Season] = {}
    for entry in rows(page.get("seasons")):
        key = integer(entry.get("season_number"))
        if key is not None and key >= 0:
            episodes = max(integer(entry.get("episode_count")) or 0, 0)
            found[key] = Season(key, episodes, day(entry.get("air_date")), text(entry.get("name")))
    return tuple(found[key] for key in sorted(found))


def providers(page: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Country → services that show it without paying for it alone."""
    countries = table(table(page.get("watch/providers")).get("results"))
    found: dict[str, tuple[str, ...]] = {}
    for country, told in countries.items():
        offers = [offer for way in _WITHOUT_EXTRA_PAY for offer in rows(table(told).get(way))]
        names = tuple(dict.fromkeys(filter(None, (text(offer.get("provider_name")) for offer in offers))))
        if names:
            found[country] = names
    return found
