"""Words for genres (TMDB's English names) and kinds, by language; alternatives are separated by commas."""

from __future__ import annotations

from collections.abc import Mapping

# A key with "+" stands for several genres at once.
GENRES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Action": "action",
        "Adventure": "adventure",
        "Animation": "animation, animated, cartoon, pixar, stop motion, claymation",
        "Comedy": "comedy, comedies, parody, spoof, farce, slapstick, sitcom",
        "Comedy+Drama": "dramedy, tragicomedy, comedy drama",
        "Crime": "crime, gangster, mob, mafia, film noir, noir, neo noir, police procedural, detective story",
        "Documentary": (
            "documentary, documentry, documentery, documentries, documentaries, docu, docuseries, doc, "
            "true crime documentary"
        ),
        "Drama": "drama, melodrama, tearjerker, tear jerker, coming of age drama",
        "Family": "family",
        "Fantasy": "fantasy, fairy tale, fairytale, sword and sorcery",
        "History": "history, historical, period piece, period drama, costume drama",
        "Horror": "horror, slasher, splatter, creature feature, giallo",
        "Music": "musical, music, musicals, concert film, rock opera",
        "Mystery": "mystery, mysteries, whodunit, whodunnit, murder mystery, detective mystery",
        "Romance": "romance, love story, love stories, chick flick",
        "Romance+Comedy": "romcom, rom com, romantic comedy, romantic comedies",
        "Science Fiction": "science fiction, sci fi, scifi, sf, space opera, cyberpunk",
        "Thriller": "thriller, suspense, psychological thriller",
        "Soap": "soap, soaps, soap opera, soap operas, telenovela",
        "TV Movie": "tv movie, made for tv",
        "War": "war, war movie, war film",
        "Western": "western, westerns, spaghetti western",
    },
    "de": {
        "Action": "action, actionfilm, actionkracher",
        "Adventure": "abenteuer, abenteuerfilm",
        "Animation": "animation, animiert, animationsfilm, zeichentrick, zeichentrickfilm, trickfilm",
        "Comedy": "komodie, komodien, komodie, klamauk, lustspiel, parodie",
        "Comedy+Drama": "tragikomodie, dramedy",
        "Crime": "krimi, krimis, kriminalfilm, gangsterfilm, mafiafilm, polizeifilm",
        "Documentary": "dokumentation, doku, dokus, dokumentarfilm, dokumentarfilme",
        "Drama": "drama, dramen, melodram",
        "Family": "familienfilm, familie",
        "Fantasy": "fantasy, fantasyfilm, marchen, marchenfilm",
        "History": "historienfilm, geschichtsfilm, historisch, kostumfilm, historienepos",
        "Horror": "horror, horrorfilm, gruselfilm, horrorstreifen",
        "Music": "musical, musikfilm, musicals",
        "Mystery": "mystery, mysteryfilm, ratselkrimi",
        "Romance": "liebesfilm, romanze, liebesgeschichte, schnulze, liebesfilme",
        "Romance+Comedy": "liebeskomodie, romantische komodie, romcom",
        "Science Fiction": "science fiction, sci fi, scifi, zukunftsfilm",
        "Soap": "seifenoper, seifenopern, seifenserie",
        "Thriller": "thriller, psychothriller",
        "War": "kriegsfilm, krieg, antikriegsfilm, kriegsdrama",
        "Western": "western, italowestern",
    },
    "fr": {
        "Action": "action, film d action, films d action",
        "Adventure": "aventure, aventures, film d aventure, film d aventures",
        "Animation": "animation, dessin anime, dessins animes, film d animation",
        "Comedy": "comedie, comedies, parodie, farce",
        "Comedy+Drama": "comedie dramatique, tragicomedie",
        "Crime": "policier, polar, polars, film de gangsters, film noir, film policier",
        "Documentary": "documentaire, documentaires, docu",
        "Drama": "drame, drames, melodrame",
        "Family": "familial, film familial, film pour enfants, famille",
        "Fantasy": "fantastique, fantasy, conte de fees, heroic fantasy",
        "History": "historique, film historique, histoire, film d epoque, film en costumes",
        "Horror": "horreur, epouvante, film d horreur, film d epouvante",
        "Music": "comedie musicale, comedies musicales, musical, film musical",
        "Mystery": "mystere, film a enigme, enigme",
        "Romance": "romance, film d amour, histoire d amour",
        "Romance+Comedy": "comedie romantique, comedies romantiques, romcom",
        "Science Fiction": "science fiction, sf, film de science fiction",
        "Soap": "soap, feuilleton sentimental, telenovela",
        "Thriller": "thriller, thrillers, film a suspense, suspense",
        "War": "guerre, film de guerre, films de guerre",
        "Western": "western, westerns",
    },
}

# What TMDB calls the same thing for series.
GENRE_EQUIVALENTS: Mapping[str, tuple[str, ...]] = {
    "Action": ("Action & Adventure",),
    "Adventure": ("Action & Adventure",),
    "Science Fiction": ("Sci-Fi & Fantasy",),
    "Fantasy": ("Sci-Fi & Fantasy",),
    "War": ("War & Politics",),
    "Family": ("Kids",),
}

KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "movie": "movie, film, flick, motion picture, picture, feature film, cinema",
        "series": "series, show, tv show, tv series, miniseries, mini series, sitcom, docuseries, tv",
        "anime": "anime",
    },
    "de": {
        "movie": (
            "film, filme, filmtipp, filmtipps, filmvorschlag, filmvorschlage, filmempfehlung, filmempfehlungen, "
            "spielfilm, streifen, filmen, kinofilm"
        ),
        "series": (
            "serie, serien, serientipp, serientipps, serienvorschlag, serienvorschlage, serienempfehlung, "
            "fernsehserie, miniserie, sendung"
        ),
        "anime": "anime, animes",
    },
    "fr": {
        "movie": "film, films, long metrage",
        "series": "serie, series, serie tele, minisérie, feuilleton",
        "anime": "anime, animes, japanimation",
    },
}

# German writes "Kriegsfilm" and "Krimiserie" as one word: the end says the kind, the beginning the rest.
COMPOUND_KINDS: Mapping[str, str] = {
    "film": "movie",
    "filme": "movie",
    "filmen": "movie",
    "serie": "series",
    "serien": "series",
}
COMPOUND_GENRES: Mapping[str, str] = {
    "komodie": "Comedy",
    "komodien": "Comedy",
    "drama": "Drama",
    "thriller": "Thriller",
}
