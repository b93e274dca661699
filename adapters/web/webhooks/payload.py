"""Reading what a webhook brought: JSON, or the multipart form that Plex sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from adapters.loose import text
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.ports.live import Told

Decode: TypeAlias = Callable[[Mapping[str, Any]], Sequence[Told]]
"""What a payload tells; nothing, when it tells of something that does not matter. Raises: InvalidInput."""

LONGEST = 200  # characters of an id or a name of an event


class Payload(BaseModel):
    """A part of a payload. Numbers and words are taken for each other, as templates write everything as words."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    @field_validator("*", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, dict | list | BaseModel):
            return value
        return text(value)[:LONGEST]


ModelT = TypeVar("ModelT", bound=Payload)


def read_body(body: bytes, content_type: str) -> Mapping[str, Any]:
    """The JSON object of a request. Raises: InvalidInput, in one sentence."""
    if content_type.lower().startswith("multipart/form-data"):
        body = _payload_of_form(body, content_type)
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInput(_("The body of the webhook is not JSON.")) from None
    if not isinstance(read, dict):
        raise InvalidInput(_("The body of the webhook is not a JSON object."))
    return read


def parsed(model: type[ModelT], payload: Mapping[str, Any]) -> ModelT:
    """The payload as a model. Raises: InvalidInput, naming the first field that cannot be read."""
    try:
        return model.model_validate(payload)
    except (ValidationError, RecursionError) as error:
        name = error.errors()[0]["loc"][0] if isinstance(error, ValidationError) else "?"
        raise InvalidInput(_("The field {name} of the webhook cannot be read.").format(name=str(name)[:60])) from None


def event_of(name: str) -> str:
    """The name of an event. Raises: InvalidInput, when there is none."""
    if not name:
        raise InvalidInput(_("The webhook names no event."))
    return name


def _payload_of_form(body: bytes, content_type: str) -> bytes:
    """The field `payload` of a form; the picture beside it is left alone."""
    head = b"Content-Type: " + content_type.encode("latin-1", "replace").replace(b"\r", b"").replace(b"\n", b"")
    form = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n" + body)
    for part in form.iter_parts() if form.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == "payload":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    raise InvalidInput(_("The form of the webhook has no field “payload”."))
