"""How well plain words are understood, measured on the half of the labelled sets that is kept for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.agent.interpreter import Interpreter
from bot.agent.interpreter.classifier import IntentClassifier
from bot.agent.interpreter.learning import current_digest
from bot.cli.evaluation_interpreter import measure, open_interpreter, read_labelled
from bot.settings import Settings

SETS = Path(__file__).parent


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Interpreter:
    return asyncio.run(open_interpreter(Settings(home=tmp_path_factory.mktemp("home"))))


def test_the_weights_were_learnt_from_the_sentences_beside_them() -> None:
    assert IntentClassifier.load().digest == current_digest(), "run: recommendarr train interpreter"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_set_holds_enough_of_everything(language: str) -> None:
    messages = read_labelled(SETS / f"{language}.jsonl")
    assert len(messages) >= 450
    assert len({message.intent for message in messages}) == 34
    assert {message.language for message in messages} == {language}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_messages_kept_for_measuring_are_understood(language: str, interpreter: Interpreter) -> None:
    unseen = read_labelled(SETS / f"{language}.jsonl")[1::2]
    report = measure(interpreter, unseen, show=25)
    figures = report[language]
    assert figures["intent_accuracy"] >= 0.95, report["mistakes"]
    assert figures["slot_f1"] >= 0.90, report["mistakes"]
    assert figures["entity_accuracy"] >= 0.95, report["mistakes"]
