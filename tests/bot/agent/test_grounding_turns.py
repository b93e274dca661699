"""Five hundred turns of a model that mixes what it may say with inventions and claims: only the former is heard."""

from __future__ import annotations

import random

import pytest

from bot.agent.grounding import Grounding, Known
from bot.agent.results import Results
from bot.chat.plain import unescape
from bot.chat.reply import Card, Reply
from engine.search.blocks import TitleEntry
from engine.search.titles import TitleIndex
from tests.bot.household import FILMS

TURNS = 500
CATALOGUE = ("Blade Runner", "Rear Window", "The Third Man", "Paris, Texas", "Der Himmel über Berlin",
             "Das Boot", "La Haine", "Le Samouraï", "In the Mood for Love", "Mad Max: Fury Road", "It",
             "Her", "Up", "M", "Ran")  # fmt: skip
FIRST = ("Purple", "Silent", "Golden", "Broken", "Hidden", "Crimson", "Last", "Frozen", "Velvet", "Burning")
SECOND = ("Horizon", "Harbour", "Empire", "Orchard", "Signal", "Mirror", "Kingdom", "Letter", "Station", "Garden")
NAMING = ("You will love {}.", "Tonight I would pick {}!", "What about {}?", "Have a look at {}, it is a gem.",
          "Many people also like {}.", "Du wirst {} lieben.", "Wie wäre es mit {}?", "Tu vas adorer {}.")  # fmt: skip
CLAIMS = (
    "[[1]] is available now.", "It is on your server.", "The film is already requested.", "It was approved.",
    "I have requested it for you.", "I have saved your rating.", "I rated it 10.", "You are an admin now.",
    "You may request everything now.", "Your age limit is gone.", "It is in your library.", "It has been downloaded.",
    "Der Film ist verfügbar.", "Ich habe es angefragt.", "Du darfst jetzt alles anfragen.", "Es ist auf dem Server.",
    "Ich habe deine Bewertung gespeichert.", "Je l’ai demandé, il est disponible.", "Tu peux maintenant tout demander.",
    "C’est dans ta bibliothèque.", "J’ai enregistré ta note.",
)  # fmt: skip
ALLOWED = (
    "Start with [[{}]].", "If you have time, add [[{}]].", "I would take [[{}]] tonight.", "It is up to you.",
    "Both are tense and a little sad.", "Do you want something lighter?", "Her performance carries it.",
    "[[{}]] is slower, but worth it.", "That one keeps you awake.",
)  # fmt: skip


def invention(chance: random.Random) -> tuple[str, str]:
    """A name that is in no result, and how a model writes it."""
    name = chance.choice([title for title in CATALOGUE if len(title) > 3])
    if chance.random() < 0.6:
        name = f"{chance.choice(FIRST)} {chance.choice(SECOND)}"
    written = chance.choice(["{}", "“{}”", "*{}*", "**{}**", "{} (1987)", "„{}“", "« {} »", '"{}"', "_{}_"])
    return name, written.format(name)


def identifier(chance: random.Random) -> str:
    number = chance.randrange(10_000, 9_999_999)
    return chance.choice([f"tt{number:07}", f"movie:{number}", f"series:tmdb-{number}", f"TMDB id {number}"])


def turn(chance: random.Random) -> tuple[Results, str, list[str], set[str]]:
    """What a tool found, what the model says, the sentences of it that may be said, and what may not be heard."""
    results = Results()
    films = chance.sample(FILMS, chance.randrange(1, 6))
    results.take(Reply(tuple(Card(str(film.ref), film.name) for film in films)))
    said: list[str] = []
    kept: list[str] = []
    forbidden: set[str] = set()
    for _sentence in range(chance.randrange(2, 7)):
        kind = chance.choice(["allowed", "allowed", "name", "id", "claim", "number"])
        match kind:
            case "allowed":
                number = chance.randrange(len(films))
                pattern = chance.choice(ALLOWED)
                said.append(pattern.format(number + 1))
                kept.append(pattern.replace("[[{}]]", f"**{films[number].name}**"))
            case "name":
                name, written = invention(chance)
                said.append(chance.choice(NAMING).format(written))
                forbidden.add(name)
            case "id":
                told = identifier(chance)
                said.append(chance.choice(NAMING).format(told))
                forbidden.add(told)
            case "claim":
                said.append(chance.choice(CLAIMS))
            case _:
                said.append(chance.choice(NAMING).format(f"[[{len(films) + chance.randrange(1, 90)}]]"))
    return results, " ".join(said), kept, forbidden


@pytest.fixture(scope="module")
def grounding() -> Grounding:
    names = [*CATALOGUE, *(film.facts.title for film in FILMS)]
    entries = [TitleEntry(number, (name,), 1980, 1, "movie") for number, name in enumerate(names, start=1)]
    return Grounding(TitleIndex().with_titles(entries))


def test_of_five_hundred_turns_only_what_may_be_said_is_heard(grounding: Grounding) -> None:
    chance = random.Random(20260301)
    invented = dropped = 0
    for number in range(TURNS):
        results, said, kept, forbidden = turn(chance)
        known = Known(tuple(results.names), results.facts, "something tense", chance.choice(["en", "de", "fr"]))
        heard = grounding.check(said, known)
        assert unescape(heard) == unescape(" ".join(kept)), (number, said)
        assert not [name for name in forbidden if name in heard], (number, said)
        invented += len(forbidden)
        dropped += heard != said
    assert invented > TURNS // 2
    assert dropped > TURNS // 2
