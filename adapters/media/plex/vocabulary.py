"""Plex's words in ours: genres as TMDB names them, countries as ISO 3166-1 codes."""

from __future__ import annotations

# Names of TheTVDB, IMDb and Plex's own agents; German and French libraries name genres in their language.
_GENRES: dict[str, tuple[str, ...]] = {
    "sci-fi": ("Science Fiction",), "science-fiction": ("Science Fiction",),
    "sci-fi & fantasy": ("Science Fiction", "Fantasy"), "action & adventure": ("Action", "Adventure"),
    "action/adventure": ("Action", "Adventure"), "war & politics": ("War",), "children": ("Family",),
    "kids": ("Family",), "kids & family": ("Family",), "musical": ("Music",), "suspense": ("Thriller",),
    "film-noir": ("Crime",), "biography": ("Drama",), "romantic comedy": ("Romance", "Comedy"),
    "martial arts": ("Action",), "anime": ("Animation",), "anim\u00e9": ("Animation",),
    "abenteuer": ("Adventure",), "com\u00e9die": ("Comedy",), "dokumentarfilm": ("Documentary",),
    "dokumentation": ("Documentary",), "documentaire": ("Documentary",), "drame": ("Drama",), "familie": ("Family",),
    "familial": ("Family",), "fantastique": ("Fantasy",), "geschichte": ("History",), "historie": ("History",),
    "histoire": ("History",), "historique": ("History",), "horreur": ("Horror",), "komödie": ("Comedy",),
    "krieg": ("War",), "kriegsfilm": ("War",), "guerre": ("War",), "krimi": ("Crime",), "policier": ("Crime",),
    "liebesfilm": ("Romance",), "musik": ("Music",), "musique": ("Music",), "mystère": ("Mystery",),
    "animationsfilm": ("Animation",), "aventure": ("Adventure",), "tv-film": ("TV Movie",), "téléfilm": ("TV Movie",),
}  # fmt: skip
_TMDB = (
    "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History",
    "Horror", "Music", "Mystery", "News", "Reality", "Romance", "Science Fiction", "Soap", "Talk", "Thriller",
    "TV Movie", "War", "Western",
)  # fmt: skip
_OWN = {name.casefold(): name for name in _TMDB}

_COUNTRIES = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "belgium": "BE", "brazil": "BR", "canada": "CA",
    "chile": "CL", "china": "CN", "colombia": "CO", "czech republic": "CZ", "czechia": "CZ", "denmark": "DK",
    "egypt": "EG", "finland": "FI", "france": "FR", "germany": "DE", "greece": "GR", "hong kong": "HK",
    "hungary": "HU", "iceland": "IS", "india": "IN", "indonesia": "ID", "iran": "IR", "ireland": "IE", "israel": "IL",
    "italy": "IT", "japan": "JP", "mexico": "MX", "netherlands": "NL", "new zealand": "NZ", "nigeria": "NG",
    "norway": "NO", "philippines": "PH", "poland": "PL", "portugal": "PT", "romania": "RO", "russia": "RU",
    "south africa": "ZA", "south korea": "KR", "korea": "KR", "soviet union": "SU", "spain": "ES", "sweden": "SE",
    "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "turkey": "TR", "ukraine": "UA", "united kingdom": "GB",
    "great britain": "GB", "united states": "US", "united states of america": "US", "usa": "US", "vietnam": "VN",
    "deutschland": "DE", "frankreich": "FR", "allemagne": "DE", "vereinigte staaten": "US", "vereinigtes königreich":
    "GB", "états-unis": "US", "royaume-uni": "GB", "österreich": "AT", "schweiz": "CH", "italien": "IT",
    "spanien": "ES",
}  # fmt: skip


def genres(names: list[str]) -> tuple[str, ...]:
    """TMDB's English names, each once; a genre that TMDB does not have keeps its name."""
    found: dict[str, None] = {}
    for name in names:
        lowered = name.casefold()
        found.update(dict.fromkeys((_OWN[lowered],) if lowered in _OWN else _GENRES.get(lowered, (name,))))
    return tuple(found)


def countries(names: list[str]) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries that are known, each once."""
    return tuple(dict.fromkeys(_COUNTRIES[name.casefold()] for name in names if name.casefold() in _COUNTRIES))
