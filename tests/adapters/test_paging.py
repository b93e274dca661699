"""Reading a list by offset while it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.paging import Slice, overlapping
from bot.errors import Unavailable


async def read(
    items: list[int], size: int, *, total: bool = True, changes: dict[int, list[int]] | None = None
) -> list[int]:
    """All that was told; `changes`: what is taken away before the n-th request."""
    left = list(items)
    asked = 0

    async def fetch(start: int, length: int) -> Slice[int]:
        nonlocal asked
        asked += 1
        for gone in (changes or {}).get(asked, []):
            if gone in left:
                left.remove(gone)
        return Slice(left[start : start + length], len(left) if total else None)

    return [item async for page in overlapping("Plex", fetch, lambda item: item, size) for item in page]


@given(st.integers(0, 60), st.integers(2, 9), st.booleans())
async def test_a_list_that_stays_is_told_once_in_order(count: int, size: int, total: bool) -> None:
    assert await read(list(range(count)), size, total=total) == list(range(count))


@given(
    st.integers(0, 40),
    st.integers(2, 6),
    st.dictionaries(st.integers(1, 9), st.lists(st.integers(0, 40), max_size=4), max_size=4),
)
async def test_nothing_that_stays_is_passed_over(count: int, size: int, changes: dict[int, list[int]]) -> None:
    items = list(range(count))
    gone = {item for taken in changes.values() for item in taken}
    assert set(items) - gone <= set(await read(items, size, changes=changes))


async def test_a_list_that_empties_itself_ends() -> None:
    assert await read([1, 2, 3, 4], 2, changes={2: [1, 2, 3, 4]}) == [1, 2]


async def test_a_service_that_announces_more_than_it_gives_is_given_up() -> None:
    async def fetch(start: int, length: int) -> Slice[int]:
        return Slice([1, 2, 3][start : start + length], 9)

    with pytest.raises(Unavailable):
        [page async for page in overlapping("Plex", fetch, lambda item: item, 2)]
