"""From a message to what it says: intent by the learnt weights, particulars by the engine's reading of the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.agent.interpreter.classifier import IntentClassifier
from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.exemplars import LANGUAGES, carriers
from bot.agent.interpreter.features import features
from bot.agent.interpreter.interpretation import Intent, Interpretation
from bot.agent.interpreter.known import known, ordinary_words
from bot.agent.interpreter.marking import Marked, mark
from bot.agent.interpreter.naming import Name, Names
from bot.agent.interpreter.particulars import ABOUT_TITLES, Vocabulary, particulars
from bot.agent.interpreter.settling import settled
from bot.agent.interpreter.titles import runs_left
from engine.search.lexicon import guess_language
from engine.search.parsing import MoodParser
from engine.search.sentences import Sentence

Chances: TypeAlias = NDArray[np.float32]
"""(n_intents,) probabilities."""

_DOUBTS = 4  # names that are weighed per message; each is one more reading
_MISFIT = 2.5
_BARE = 2.2  # what a reading loses that speaks of a title and names none
_LOST = 0.7  # what a reading loses that makes nothing of the message
_IDLE_TOPIC = 1.0  # what a reading loses that has no use for a topic: "alien" on a list is the film
_SURE, _UNSURE = 0.9, 0.5  # chances from which small talk, and what nobody can answer, are taken for what they are
_SECOND = 1.5  # what a title loses beside another that it is not listed with: most messages are about one
_LISTED = 2.5  # what a name gains that is listed with another
_NEEDS_TITLE = frozenset(
    {Intent.SIMILAR, Intent.RATE, Intent.SEEN, Intent.LIKE, Intent.HIDE, Intent.WHY_NOT, Intent.REQUEST, Intent.TRAILER}
)
_NO_TOPIC = ABOUT_TITLES - {Intent.SIMILAR, Intent.SEARCH}
_ASKS = frozenset({Intent.MOOD, Intent.RECOMMEND, Intent.SIMILAR})
_TELLS = frozenset(Intent) - _ASKS - {Intent.GROUP, Intent.REFINE, Intent.MORE, Intent.REQUEST, Intent.RATE}
_SURELY_ASKED = 0.6
_SHORTEST_ASKING = 3  # tokens
_SHORTEST_GIBBERISH = 5  # letters: "hmm" and "lol" say something
_ONTO = frozenset({"on", "onto", "to", "off", "from", "auf", "von", "sur", "de"})  # before "my list"
_TITLED = ABOUT_TITLES | {Intent.REFINE}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the words. `language`: what the person usually speaks; None: guess from the words alone.

    `household`: names of the people who are served here. `after_picks`: whether the last answer showed titles.
    """

    after_picks: bool = False
    language: str | None = None
    household: Collection[str] = field(default_factory=frozenset)
    this_year: int | None = None


@cache
def _classifier() -> IntentClassifier:
    return IntentClassifier.load()


class Interpreter:
    """Understands messages against one catalogue."""

    def __init__(self, parser: MoodParser, name: Callable[[int], str]) -> None:
        """`name`: item id → the catalogue's English name."""
        self._names = Names(parser, name)
        self._classifier = _classifier()
        # The tables are read when an interpreter is made, in a thread, and not while somebody waits for an answer.
        known()
        cues()
        for language in LANGUAGES:
            carriers(language)

    def interpret(self, text: str, around: Surroundings = Surroundings()) -> Interpretation:
        """Never fails: what cannot be understood is `unknown`."""
        spoken = guess_language(text, around.language or "en")
        marked, chances = self._read(text, spoken, around)
        order = np.argsort(-chances)
        intent, runner_up = (self._classifier.intents[place] for place in order[:2])
        vocabulary = Vocabulary(self._names.parser.titles, self._names.name, carriers(spoken), self._names.titled)
        intent, sure = self._asked_beside(intent, marked, around, float(chances[order[0]]))
        found = particulars(intent, marked, vocabulary, spoken=around.language or spoken)
        if _is_wish(intent, marked, float(chances[order[0]]), after_picks=around.after_picks):
            intent = Intent.REFINE if around.after_picks else Intent.MOOD
            found = particulars(intent, marked, vocabulary, spoken=around.language or spoken)
        if intent is Intent.SMALLTALK and not _is_speech(marked):
            intent = Intent.UNKNOWN
        learnt = intent
        intent, found = settled(intent, found, marked, after_picks=around.after_picks)
        return Interpretation(
            text=text,
            language=spoken,
            intent=intent,
            slots=found.slots,
            confidence=sure if intent is learnt else 1.0,
            runner_up=runner_up,
            title_ids=found.title_ids,
            titles_not_ids=found.titles_not_ids,
            clear=marked.clear(),
            typed=marked.typed(),
            unread=bool(runs_left(marked, vocabulary.carriers)),
        )

    def _asked_beside(
        self, intent: Intent, marked: Marked, around: Surroundings, chance: float
    ) -> tuple[Intent, float]:
        """What one sentence of several asks for, where the rest only tells: "I need a comedy. I loved Heat."."""
        clauses = marked.clauses() if intent in _TELLS else []
        for tokens in clauses if len(clauses) > 1 else []:
            chances = self._classifier.probabilities(features(tokens, after_picks=around.after_picks))
            place = int(np.argmax(chances))
            asked, sure = self._classifier.intents[place], float(chances[place])
            if asked in _ASKS and len(tokens) >= _SHORTEST_ASKING and sure >= _SURELY_ASKED:
                titled = bool(marked.named("title", negated=False))
                return (Intent.SIMILAR if titled else asked), sure
        return intent, chance

    def _read(self, text: str, spoken: str, around: Surroundings) -> tuple[Marked, Chances]:
        """The reading with those names that make the most sense of the message."""
        proposed = self._names.propose(Sentence.of(text), spoken)
        taken = [name for name in proposed if name.certain]
        doubtful = [name for name in proposed if not name.certain][:_DOUBTS]
        best = self._reading(text, spoken, around, taken)
        for name in doubtful:
            other = self._reading(text, spoken, around, [*taken, name])
            joined = best[0].joins(name)
            odds = name.odds + (_LISTED if joined else 0.0)
            if not joined and name.tag == "title" and any(other.tag == "title" for other in taken):
                odds -= _SECOND
            if self._sense(other, after_picks=around.after_picks) + odds > self._sense(
                best, after_picks=around.after_picks
            ):
                taken, best = [*taken, name], other
        return best

    def _reading(self, text: str, spoken: str, around: Surroundings, names: Sequence[Name]) -> tuple[Marked, Chances]:
        marked = mark(
            text,
            self._names.parser,
            language=spoken,
            household=frozenset(name.casefold() for name in around.household),
            this_year=around.this_year,
            names=names,
        )
        return marked, self._classifier.probabilities(features(marked.tokens(), after_picks=around.after_picks))

    def _sense(self, read: tuple[Marked, Chances], *, after_picks: bool) -> float:
        """How well a reading hangs together: the log-chance of its intent, less if that has no use for its names."""
        marked, chances = read
        place = int(np.argmax(chances))
        sense = float(np.log(chances[place] + 1e-6))
        titled = bool(marked.named("title", negated=False))
        intent = self._classifier.intents[place]
        if titled:
            return sense - (_MISFIT if intent not in _TITLED else 0.0)
        named = marked.reading.query.titles or marked.named("title", negated=True)  # "I hated Alien"
        needy = intent in _NEEDS_TITLE or (intent is Intent.WATCHLIST and _adds(marked))
        bare = needy and not marked.ordinals and not named and not after_picks
        if intent is Intent.UNKNOWN:
            sense -= _LOST
        idle = intent in _NO_TOPIC and bool(marked.reading.query.topics)
        return sense - (_BARE if bare else 0.0) - (_IDLE_TOPIC if idle else 0.0)


def _adds(marked: Marked) -> bool:
    """Whether something is put on a list, or taken off."""
    folded = marked.sentence.folded
    put = any(cues().actions.get(word) in ("add", "remove") for word in folded[:2])
    lists = [place for place, word in enumerate(folded) if word in cues().lists]
    return put or any(not _ONTO.isdisjoint(folded[max(place - 2, 0) : place]) for place in lists)


def _is_speech(marked: Marked) -> bool:
    """Whether any word is one, in whatever language: "asdf jklö" is not."""
    words = [word.folded for word in marked.sentence.words if not word.is_mark]
    said = any(word in ordinary_words(spoken) or word in carriers(spoken) for word in words for spoken in LANGUAGES)
    return said or not words or bool(marked.tags) or all(len(word) < _SHORTEST_GIBBERISH for word in words)


def _is_wish(intent: Intent, marked: Marked, chance: float, *, after_picks: bool) -> bool:
    """Whether a message that looks like idle talk, or like a setting, still says what to watch: "underrated gems"."""
    query = marked.reading.query
    named = bool(query.genres or query.people)
    match intent:
        case Intent.SETTINGS:
            # "Spanish language horror", and "preferably Italian" of films that were shown
            return bool(query.genres and query.language) or bool(after_picks and query.country and not query.language)
        case Intent.SMALLTALK:
            return chance < _SURE and bool(named or query.kind or (query.tones and not after_picks))
        case Intent.UNKNOWN | Intent.HELP:
            return chance < _UNSURE and named
        case _:
            return False
