"""How many requests a first full sync may send at the very most: pages and titles, and a few that open each source."""

from __future__ import annotations

from math import ceil

from tests.scenario.household import LIBRARIES, Household

_PAGE, _KEYS, _PLAYS = 100, 1000, 1000  # rows of a page; one of each page is read twice, so that shifts are seen
_OPENING = 8  # identity, account, shares, friends, home, numbers of accounts, and the libraries, asked for thrice
_NAMED_PAGE = 20  # similar titles that come with a title's own page


def requests_at_most(household: Household) -> dict[str, int]:
    """By source, of Plex with Tautulli."""
    plex = _OPENING + 2 + 1 + _pages(len(household.viewings), _PLAYS)  # 1: who is who in its own history
    for library in LIBRARIES:
        titles = sum(1 for title in household.owned if title.library == library)
        opinions = sum(1 for number in household.opinions if household.title(number).library == library)
        plex += 2 * _pages(titles, _PAGE) + _pages(titles, _KEYS) + _pages(opinions + 1, _PAGE)
    watched = {viewing.title for viewing in household.viewings}
    described = [title for title in household.owned if title.facts.refs]
    seconds = [
        title
        for title in described
        if title.number in watched and len(household.similar[title.facts.refs[0]]) > _NAMED_PAGE
    ]
    requested = min(12, len(household.outside))
    return {
        "plex": plex,
        "tautulli": _pages(len(household.viewings), _PLAYS),
        "tmdb": 2 + len(described) + requested + len(seconds),  # 2: the names of genres
        "seerr": _pages(requested, _PAGE),
    }


def _pages(rows: int, size: int) -> int:
    """Every page but the first begins with the last row of the one before."""
    return max(1, ceil((rows - 1) / (size - 1)))
