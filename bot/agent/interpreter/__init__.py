"""Plain words, understood without a model: what somebody wants, and the particulars they gave.

The names of intents and slots are those of the labelled sets in the tests; `Interpretation.as_labels` gives that form.
"""

from bot.agent.interpreter.interpretation import Intent, Interpretation, Slots
from bot.agent.interpreter.interpreter import Interpreter, Surroundings

__all__ = ["Intent", "Interpretation", "Interpreter", "Slots", "Surroundings"]
