"""The learnt and dated signals of one installation, by name: what a community knows, and what the calendar says."""

from __future__ import annotations

from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.request import Scorer
from engine.scoring.community import Community, FixedScorer
from engine.scoring.era import EraScorer, RecentScorer, UnreleasedScorer, fame_in_its_time
from engine.types import FloatArray


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Made once per catalogue and community; `scorers` are made anew for each day."""

    fame: FloatArray  # (n_items,)
    community: Community

    @property
    def people(self) -> int:
        """How many people's histories the signals rest on."""
        return self.community.people

    def scorers(self, today: float) -> dict[str, Scorer]:
        """Every signal by name, on that day (since 1970-01-01); for `Resources.scorers`."""
        return {
            **self.community.scorers(today),
            "fame": FixedScorer(self.fame),
            "era": EraScorer(),
            "recent": RecentScorer(today),
            "recent_decade": RecentScorer(today, years=10.0),
            "unreleased": UnreleasedScorer(today),
        }


def gather(catalogue: Catalogue, community: Community) -> Knowledge:
    """Knowledge about the items of `catalogue`, for which the community was learnt."""
    return Knowledge(fame_in_its_time(catalogue), community)
