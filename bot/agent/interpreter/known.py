"""Names that everybody knows, whatever a catalogue holds: `data/people.txt` and `data/works.txt`, read once.

They are facts about the world: that somebody of this name makes films, and what a film is called in German and French.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from engine.search.blocks import TitleEntry
from engine.search.folding import STRICT_ARTICLES, fold, without_article
from engine.search.titles import TitleIndex
from engine.search.words import STOP_WORDS

_LONG = 7  # letters from which a name is known without its article: "prestige", "cinquième élément"
TOGETHER = " & "
"""Between the names of those who are named together: the Coen brothers."""
_PARTICLES = frozenset({"de", "di", "del", "von", "van", "la", "le", "da", "o", "mc", "mac", "st"})


@dataclass(frozen=True, slots=True)
class Known:
    """Folded names → full canonical names, those of several joined by `TOGETHER`.

    `works_index`: for names that are misspelt; its items are `work_names`.
    """

    people: Mapping[str, str]
    surnames: Mapping[str, str]
    joined: Mapping[str, str]  # names and surnames of several words, without blanks: "deniro", "robertdeniro"
    works: Mapping[str, str]
    shortened: frozenset[str]  # those of `works` that lack their article
    people_index: TitleIndex
    people_names: tuple[str, ...]
    works_index: TitleIndex
    work_names: tuple[str, ...]


@cache
def known() -> Known:
    """The tables; read and indexed once per process."""
    people: dict[str, str] = {}
    surnames: dict[str, str] = {}
    joined: dict[str, str] = {}
    # Those who are meant by the surname alone come first: of two del Toros the director is meant.
    for line in sorted(_lines("people.txt"), key=lambda line: not line.startswith("*")):
        for written in line.split(", "):
            full, _equals, nicknames = written.strip().removeprefix("*").partition(" = ")
            name = full
            for nickname in (fold(each) for each in nicknames.split(" / ") if each):
                people[nickname] = name
                if " " not in nickname and nickname not in STOP_WORDS:
                    surnames.setdefault(nickname, name)  # "arnie" alone
            if TOGETHER in name:
                continue  # brothers are known by what they are called together
            people[fold(name)] = name
            parts = fold(name).split()
            if len(parts) == 1:
                surnames.setdefault(parts[0], name)  # Zendaya
            joined["".join(parts)] = name
            if len(parts) > 2 and parts[-2] in _PARTICLES:
                joined.setdefault("".join(parts[-2:]), name)
            if (
                written.startswith("*")
                and "-" not in name.split()[-1]
                and len(last := fold(name.removesuffix(" Jr.")).split()[-1]) > 2
            ):
                surnames.setdefault(last, name)
    entries: list[TitleEntry] = []
    works: dict[str, str] = {}
    shortened: dict[str, str] = {}
    names: list[str] = []
    for line in _lines("works.txt"):
        english, *others = (part.strip() for part in line.split("|"))
        aliases = [alias.strip() for part in others for alias in part.split(" / ") if alias.strip()]
        entries.append(TitleEntry(len(names), (english, *aliases), votes=100_000))
        names.append(english)
        for name in (english, *aliases):
            works.setdefault(fold(name), english)
            bare = without_article(fold(name), STRICT_ARTICLES)
            if bare is not None and len(bare) >= _LONG:
                shortened.setdefault(bare, english)
    works.pop("", None)
    bare_names = frozenset(shortened) - works.keys()
    works = {**shortened, **works}  # a whole name before another's without its article
    ordered = tuple(sorted({name for name in people.values() if TOGETHER not in name}))
    return Known(
        people=people,
        surnames=surnames,
        joined=joined,
        works=works,
        shortened=bare_names,
        people_index=TitleIndex.build(TitleEntry(place, (name,), votes=1000) for place, name in enumerate(ordered)),
        people_names=ordered,
        works_index=TitleIndex.build(entries),
        work_names=tuple(names),
    )


@cache
def ordinary_words(language: str) -> frozenset[str]:
    """The folded words of everyday talk in a language (en, de, fr): they are nobody's misspelt name."""
    return frozenset(word for line in _lines(f"words_{language}.txt") for word in line.split())


def _lines(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
