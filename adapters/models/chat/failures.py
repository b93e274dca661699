"""One place that knows how foreign libraries fail: each provider has error classes of its own, some outside any common
root, and a server that is down shows as the error of whatever HTTP library stands behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import Unavailable
from bot.i18n import gettext as _

SERVICE = "models"
_BUILT_IN: tuple[type[Exception], ...] = (
    OSError,  # connections; TimeoutError is one
    ValueError,  # JSON cut off in the middle, answers that fit no schema
    RuntimeError,  # closed clients, endless graphs
    TypeError,
    LookupError,
    AttributeError,  # these three: answers of another shape than a library expects
)
_ROOTS = (
    ("httpx", "HTTPError"),
    ("httpx", "InvalidURL"),
    ("httpx", "StreamError"),
    ("ollama", "RequestError"),
    ("ollama", "ResponseError"),
    ("langchain_core.exceptions", "LangChainException"),
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("google.genai.errors", "APIError"),
    ("google.api_core.exceptions", "GoogleAPIError"),
)


def failures() -> tuple[type[Exception], ...]:
    """The errors that a model may end in, of those libraries that are loaded."""
    found: list[type[Exception]] = list(_BUILT_IN)
    for module, name in _ROOTS:
        root = getattr(sys.modules.get(module), name, None)
        if isinstance(root, type) and issubclass(root, Exception):
            found.append(root)
    return tuple(found)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Every failure of the model called `name` as Unavailable("models"), without what was sent or a key in it."""
    try:
        yield
    except Unavailable:
        raise
    except TimeoutError:
        raise Unavailable(SERVICE, _("The model {name} took too long.").format(name=name)) from None
    except failures() as error:
        sentence = _("The model {name} cannot be used now ({reason}).")
        status = getattr(error, "status_code", None)
        raise Unavailable(
            SERVICE,
            sentence.format(name=name, reason=type(error).__name__),
            status=status if isinstance(status, int) else None,
        ) from None
