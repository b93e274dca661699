"""Message catalogues: whole, in step with their source, and used."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import adapters
import bot
from bot.commands import COMMANDS
from bot.explanations.phrases import GENRES, ago, decimal, genre_word, grouped, listing
from bot.i18n import gettext, use_locale
from tests.bot.household import Household, cards, words

CATALOGUES = sorted((Path(bot.__file__).parent / "locale").glob("*/LC_MESSAGES/recommendarr.po"))
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
# Heard on the command line alone: imports, evaluations, models being installed.
UNHEARD = (
    "bot/cli/",
    "bot/services/catalogue_import",
    "bot/services/history_",
    "bot/services/import_",
    "adapters/archive",
    "adapters/tabular",
    "adapters/media/imdb",
    "adapters/media/letterboxd",
    "adapters/media/movielens",
    "adapters/media/tmdb_csv",
    "adapters/models/weights",
    "adapters/models/wheel",
)
PLACEHOLDER = re.compile(r"\{\w*\}")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_every_placeholder(path: Path) -> None:
    catalogue = read_po(BytesIO(path.read_bytes()))
    assert len(catalogue) > 100
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        targets = [message.string] if isinstance(message.string, str) else [str(form) for form in message.string or ()]
        assert targets, message.id
        for target in targets:
            assert target, message.id
            assert sorted(set(PLACEHOLDER.findall(target))) == sorted(set(PLACEHOLDER.findall(source))), message.id


def spoken() -> dict[str, str]:
    """Everything that may be said in a chat, as its source writes it: where it stands by what it says."""
    found: dict[str, str] = {}
    for package in (bot, adapters):
        root = Path(package.__file__ or "").parent
        for name, line, message, *_rest in extract_from_dir(root, [("**.py", "python")], keywords=KEYWORDS):
            where = f"{root.name}/{name}"
            if not where.startswith(UNHEARD):
                found.setdefault(message if isinstance(message, str) else message[0], f"{where}:{line}")
    return found


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_everything_that_is_said_in_a_chat_is_translated(path: Path) -> None:
    catalogue = read_po(BytesIO(path.read_bytes()))
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue}
    assert {where: said for said, where in spoken().items() if said not in known} == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_that_of_its_source(path: Path) -> None:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes())))
    in_step = (
        path.with_suffix(".mo").read_bytes() == compiled.getvalue()
    )  # a difference of bytes takes a minute to draw
    assert in_step, "compile it anew: make catalogues"


FORMAL = {
    "de": re.compile(r"(?<=[a-zäöüß,] )(Sie|Ihre?[nmrs]?|Ihnen)\b"),
    "fr": re.compile(r"\b(votre|vos)\b", re.IGNORECASE),
}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_everybody_is_on_first_name_terms(path: Path) -> None:
    formal = FORMAL[path.parts[-3]]
    for message in read_po(BytesIO(path.read_bytes())):
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert not [form for form in forms if formal.search(str(form))], message.id


@pytest.mark.parametrize("locale", ["de", "fr"])
def test_commands_and_parameters_are_translated(locale: str) -> None:
    with use_locale(locale):
        for spec in COMMANDS:
            assert gettext(spec.help) != spec.help, spec.name
            assert all(gettext(parameter.help) != parameter.help for parameter in spec.parameters)


def test_phrases_follow_the_language() -> None:
    with use_locale("de"):
        assert genre_word("Crime") == "Krimi"
        assert listing(["A", "B", "C"]) == "A, B und C"
        assert (decimal("8.2"), grouped("24441"), ago(800)) == ("8,2", "24.441", "vor 2 Jahren")
    with use_locale("fr-CH"):
        assert genre_word("Science Fiction") == "science-fiction"
        assert ago(400) == "il y a 13 mois"
        assert all(genre_word(genre) for genre in GENRES)


@pytest.mark.parametrize(
    ("locale", "heading", "button", "complaint"),
    [
        ("de-CH", "Für dich heute Abend, Anna:", "Warum?", "Den Befehl /nix gibt es nicht"),
        ("fr", "Pour toi ce soir, Anna :", "Pourquoi ?", "Il n'y a pas de commande /nix"),
        ("pt", "For you tonight, Anna:", "Why?", "There is no command /nix"),
    ],
)
async def test_people_are_answered_in_their_language(locale: str, heading: str, button: str, complaint: str) -> None:
    house = Household()
    house.store.people[1] = replace(house.store.people[1], locale=locale)
    reply = await house.say("/recommend")
    assert words(reply).splitlines()[0] == heading
    assert cards(reply)[0].buttons[0].label == button
    assert complaint in words(await house.say("/nix"))
    assert words(await house.say("/recommend", name="Ben")).startswith("For you tonight, Ben:")
