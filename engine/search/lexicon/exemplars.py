"""What a tone looks like: a text to embed, genres and keywords that speak for it.

The texts are data for whoever owns an embedder: embed `exemplar_texts()` once and hand the vectors to the search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# tone: genres that speak for it (or with "-" against); a line of text to embed; keywords that speak for it
_TABLE = """
funny: Comedy
  A hilarious, laugh-out-loud funny comedy full of jokes and gags.
  parody, spoof, slapstick comedy, satire, buddy comedy, dark comedy, comedy of errors, sitcom, screwball comedy,
  comedian
light: Comedy, Family, Romance, -Horror, -War, -Thriller
  A light-hearted, easy-going and carefree story.
  romantic comedy, family comedy, friendship, holiday, vacation
heartwarming: Family, Drama, -Horror
  A heartwarming, touching story about kindness, family and friendship.
  friendship, heartwarming, family, kindness, human animal relationship, inspirational
feel-good: Comedy, Family, Romance, Music, -Horror, -War, -Crime
  A cheerful, uplifting feel-good film that puts you in a good mood.
  feel good, musical, friendship, romantic comedy, happiness, dance
romantic: Romance
  A tender and passionate love story about two people falling in love.
  love, romance, falling in love, love story, romantic comedy, wedding
sad: Drama, -Comedy
  A sad, heartbreaking tragedy about grief and loss that makes you cry.
  tragedy, grief, loss of loved one, death, cancer, terminal illness, mourning, tragic love
bittersweet: Drama, Romance
  A bittersweet story of love and farewell, both sad and beautiful.
  bittersweet, nostalgia, unrequited love, lost love, melancholy
dark: Crime, Thriller, Horror, -Family, -Animation
  A dark and disturbing story about crime, guilt and human evil.
  neo noir, dark, murder, psychopath, corruption, serial killer, film noir, revenge
bleak: Drama, -Comedy, -Family
  A bleak, hopeless story of despair and misery.
  despair, suicide, poverty, hopelessness, depression, dystopia, loneliness, post apocalyptic
tense: Thriller, Action, -Comedy
  A tense, nerve-wracking suspense story that keeps you on the edge of your seat.
  suspense, hostage, race against time, cat and mouse, on the run, kidnapping, conspiracy
scary: Horror, Thriller
  A terrifying, scary horror story that frightens everybody.
  haunted house, ghost, slasher, supernatural horror, demon, monster, exorcism, fear
creepy: Horror, Mystery
  An eerie, creepy and unsettling story with an uncanny atmosphere.
  creepy, haunted house, psychological horror, stalker, cult, doll, occult, paranoia
gory: Horror
  A gory, bloody splatter film with gruesome killings.
  gore, splatter, blood, slasher, torture, cannibal, dismemberment, body horror
violent: Action, Crime, War, Horror
  A brutal and violent film with fights, shootings and killings.
  violence, brutality, shootout, revenge, blood, murder, torture, gang war, gunfight
calm: Drama, -Action, -Horror, -Thriller
  A calm, quiet and gentle film with peaceful images.
  countryside, nature, meditation, everyday life, old age, gentle
cozy: Comedy, Family, Romance, Mystery, -Horror, -War
  A cozy, comforting film for a rainy evening under a blanket.
  christmas, small town, friendship, family, cooking, village
slow: Drama, Mystery, -Action, -Animation
  A slow-burning, unhurried, quietly paced character study.
  slow burn, character study, loneliness, existentialism, contemplative
fast: Action
  A fast-paced, action-packed ride with chases and explosions.
  car chase, race against time, explosion, chase, high speed, shootout, martial arts
epic: Adventure, History, War, Fantasy
  A sweeping epic of grand scale across years, wars and continents.
  epic, battle, empire, kingdom, historical epic, ancient rome, world war ii
spectacular: Action, Adventure, Science Fiction, Fantasy
  A visually spectacular film with breathtaking images and effects.
  3d, imax, battle, special effects, space battle, disaster, alien planet
weird: Fantasy, Comedy
  A weird, strange and bizarre film unlike any other.
  surreal, bizarre, surrealism, absurd, cult film, experimental, eccentric
surreal: Fantasy, Mystery
  A surreal, dreamlike film in which reality dissolves.
  surrealism, surreal, dream, hallucination, subconscious, experimental film
absurd: Comedy
  An absurd, nonsensical comedy.
  absurd, absurdism, surreal, parody, dada, anarchic comedy
stupid: Comedy
  A silly, dumb comedy with crude jokes.
  stoner, crude humor, slapstick comedy, gross out comedy, idiot, spoof, teen comedy
clever: Mystery, Thriller, Crime
  A clever, intelligent story with an ingenious plan and sharp dialogue.
  intelligence, con artist, whodunit, genius, heist, chess, twist ending
mind-bending: Science Fiction, Mystery, Thriller
  A mind-bending puzzle with plot twists that plays with reality and time.
  plot twist, twist ending, nonlinear timeline, alternate reality, time travel, dream, parallel world, simulated
  reality, memory loss, time loop
thought-provoking: Drama, Science Fiction
  A profound, philosophical film that raises questions about life.
  philosophy, existentialism, meaning of life, ethics, free will, artificial intelligence, philosophical, morality
inspiring: Drama, History
  An inspiring true story of courage and overcoming obstacles.
  based on true story, inspirational, overcoming adversity, courage, underdog, sports, teacher, hope
nostalgic: Drama, Family, Comedy
  A nostalgic look back at childhood and youth in better days.
  nostalgia, nostalgic, childhood, 1980s, 1950s, coming of age, memory
gritty: Crime, Drama, Thriller, -Family
  A gritty, raw, realistic story from the streets.
  neo noir, gritty, street gang, drug dealer, police corruption, inner city, hardboiled
stylish: Crime, Thriller
  A stylish, beautifully designed and elegantly photographed film.
  neo noir, stylish, fashion, stylized, cinematography, spy
quirky: Comedy, Drama
  A quirky, whimsical indie comedy with eccentric characters.
  quirky, eccentric, independent film, whimsical, misfit, dysfunctional family, black comedy
satirical: Comedy
  A biting satire that mocks politics and society.
  satire, political satire, parody, social satire, mockumentary, media satire, dark comedy
sexy: Romance, Thriller, -Family
  A sexy, erotic and sensual film about desire.
  erotic, erotic thriller, sex, seduction, eroticism, sexuality, femme fatale, affair
kid-friendly: Family, Animation, -Horror, -War, -Thriller, -Crime
  A family film for children, with friendly animals and adventures.
  family, children, talking animal, cartoon, toy, anthropomorphism, based on children s book
mysterious: Mystery
  A mysterious story full of riddles and secrets.
  mystery, secret, investigation, disappearance, riddle, puzzle, enigma
adventurous: Adventure
  An adventurous journey to faraway lands with dangers and treasures.
  treasure hunt, adventure, expedition, quest, journey, jungle, explorer, pirate
realistic: Drama, Documentary, -Fantasy, -Science Fiction
  A realistic, lifelike story about ordinary people.
  realism, social realism, based on true story, everyday life, documentary, docudrama
classic:
  A classic of film history from the golden age of Hollywood.
  classic, film noir, golden age, silent film, cult classic, black and white
underrated:
  An overlooked, little-known film worth discovering.
  independent film, cult film, low budget
violent-less: Family, Drama
  A gentle and peaceful film without any violence.
  friendship, kindness
serious: Drama, -Comedy
  A serious and earnest drama.
  social issues, tragedy
"""

# direction: towards these exemplars, away from those; shorter, longer, newer and older are facts and compared as such.
DIRECTION_EXEMPLARS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "funnier": (("funny",), ("serious",)),
    "darker": (("dark", "bleak"), ("light", "feel-good")),
    "lighter": (("light", "feel-good"), ("dark", "bleak")),
    "scarier": (("scary", "creepy"), ("light",)),
    "calmer": (("calm", "slow"), ("fast", "violent")),
}
FACT_DIRECTIONS = frozenset({"shorter", "longer", "newer", "older"})


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One tone: the text to embed, and the facts that show it."""

    text: str
    genres: tuple[str, ...]
    genres_against: tuple[str, ...]
    keywords: tuple[str, ...]


def exemplars() -> dict[str, Exemplar]:
    """All tones by name."""
    entries: list[list[str]] = []
    for line in _TABLE.strip().splitlines():
        if line.startswith(" "):
            entries[-1].append(line.strip())
        else:
            entries.append([line])
    return dict(_exemplar(head, text, " ".join(keywords)) for head, text, *keywords in entries)


def _exemplar(head: str, text: str, keywords: str) -> tuple[str, Exemplar]:
    name, _, genres = head.partition(":")
    parts = [genre.strip() for genre in genres.split(",") if genre.strip()]
    return name, Exemplar(
        text,
        tuple(genre for genre in parts if not genre.startswith("-")),
        tuple(genre[1:] for genre in parts if genre.startswith("-")),
        tuple(keyword.strip() for keyword in keywords.split(",") if keyword.strip()),
    )


def exemplar_texts() -> dict[str, str]:
    """What to embed for each tone."""
    return {name: exemplar.text for name, exemplar in exemplars().items()}
