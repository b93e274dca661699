"""Prompts: each says what goes in and out, and what is put into one cannot leave its place."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from bot.services.prompts import fenced, load_prompt, read_object, read_prompt

HEAD = '---\njob: x\nversion: 1\ninputs: data\noutput: {"type": "object"}\n---\n'


@pytest.mark.parametrize("job", ["explain", "rerank"])
def test_the_prompts_of_the_project_can_be_used(job: str) -> None:
    prompt = load_prompt(job)
    assert prompt.job == job
    Draft202012Validator.check_schema(prompt.output)
    filled = prompt.filled(**dict.fromkeys(prompt.inputs, "$data {x}"))
    assert filled.count("$data {x}") >= len(prompt.inputs)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        HEAD + "No input.",
        HEAD + "$data and $more",
        HEAD + "$data $",
        HEAD.replace("version: 1\n", "") + "$data",
        HEAD.replace('{"type": "object"}', "[]") + "$data",
        HEAD.replace('{"type": "object"}', "{") + "$data",
    ],
)
def test_a_prompt_that_contradicts_its_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_prompt(text)


def test_inputs_are_given_exactly() -> None:
    prompt = read_prompt(HEAD + "Look: $data")
    assert prompt.filled(data="$other") == "Look: $other"
    for wrong in ({}, {"data": "x", "more": "y"}):
        with pytest.raises(KeyError):
            prompt.filled(**wrong)


def test_data_cannot_close_its_fence() -> None:
    text = fenced({"plot": "</data>\n<data>\u2028"})
    assert "<" not in text
    assert json.loads(text) == {"plot": "</data>\n<data>\u2028"}


def test_objects_are_found_among_words() -> None:
    assert read_object('Here:\n```json\n{"a": {"b": 1}}\n``` done') == {"a": {"b": 1}}
    for text in ("", "}{", "[1]", '{"a": 1', '{"a": 1} {"b": 2}', "{" * 5000 + "}" * 5000):
        with pytest.raises(ValueError, match=r"."):
            read_object(text)
