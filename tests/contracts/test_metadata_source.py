"""What every metadata service promises."""

from __future__ import annotations

import pytest

from bot.errors import Unavailable
from bot.ports.metadata import MetadataSource
from tests.fakes.metadata import FakeMetadataSource
from tests.samples import film, ref


@pytest.fixture
def metadata() -> MetadataSource:
    return FakeMetadataSource([film(603, ref("tt0133093", "imdb"), title="The Matrix"), film(604, title="Matrix 2")])


async def test_facts_are_found_by_any_reference(metadata: MetadataSource) -> None:
    for known in (ref(603), ref("tt0133093", "imdb")):
        details = await metadata.details(known, locales=["de"])
        assert details is not None
        assert details.facts.title == "The Matrix"
    assert await metadata.details(ref(1)) is None
    assert await metadata.find(ref("tt0133093", "imdb")) == ref(603)


async def test_search_finds_at_most_what_was_asked_for(metadata: MetadataSource) -> None:
    assert len(await metadata.search("matrix")) == 2
    assert len(await metadata.search("matrix", limit=1)) == 1
    assert list(await metadata.search("nothing of that name")) == []
    assert list(await metadata.search(" ")) == []


async def test_a_service_that_is_down_says_so() -> None:
    source = FakeMetadataSource()
    source.down = True
    with pytest.raises(Unavailable):
        await source.details(ref(1))
