"""A message while it is being read: its words, what they are known to say, and whether a word says anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.agent.interpreter.cues import Cues
from bot.agent.interpreter.exemplars import carriers
from bot.agent.interpreter.known import ordinary_words
from engine.search.parsing import MoodParser
from engine.search.sentences import Sentence


@dataclass(slots=True)
class Marker:
    sentence: Sentence
    known: Cues
    is_plain: Callable[[str], bool]  # whether people use a folded word to say what they want
    tags: dict[int, str] = field(default_factory=dict)

    def mark(self, places: Iterable[int], tag: str) -> None:
        """Note what words say, and that they are understood."""
        for place in places:
            self.tags[place] = tag
            self.sentence.used.add(place)

    def folded(self, place: int) -> str:
        """The word at a place, empty beyond the ends."""
        words = self.sentence.words
        return words[place].folded if 0 <= place < len(words) else ""


def plain_words(parser: MoodParser, language: str | None) -> Callable[[str], bool]:
    """Whether a folded word frames a wish or describes what is wished for, and so is nobody's name."""
    spoken = language or "en"
    framing, ordinary, lexicon = carriers(spoken), ordinary_words(spoken), parser.lexicons[spoken]
    return lambda folded: folded in framing or folded in ordinary or bool(lexicon.senses(folded))
