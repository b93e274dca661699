"""The learnt and dated signals of one installation, by name: what a community knows, and what the calendar says."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.request import Scorer
from engine.scoring.community import Community, FixedScorer
from engine.scoring.era import EraScorer, Years, fame_in_its_time, recent, spread_of_years, unreleased
from engine.types import FloatArray


@dataclass(slots=True)
class Knowledge:
    """Made once per catalogue and community; the dated signals are made anew for each day and kept for that day."""

    catalogue: Catalogue
    fame: FloatArray  # (n_items,)
    years: Years
    community: Community
    _today: tuple[int, dict[str, Scorer]] | None = field(default=None, repr=False, compare=False)

    @property
    def people(self) -> int:
        """How many people's histories the signals rest on."""
        return self.community.people

    def scorers(self, today: float) -> dict[str, Scorer]:
        """Every signal by name, as of the end of that day (since 1970-01-01); for `Resources.scorers`."""
        day, kept = int(today), self._today
        if kept is None or kept[0] != day:
            kept = (day, self._scorers(day + 1.0))
            self._today = kept  # at once, so that threads see an old day or the new one
        return dict(kept[1])

    def _scorers(self, today: float) -> dict[str, Scorer]:
        return {
            **self.community.scorers(today),
            "fame": FixedScorer(self.fame),
            "era": EraScorer(self.years),
            "recent": FixedScorer(recent(self.catalogue, today, years=3.0)),
            "recent_decade": FixedScorer(recent(self.catalogue, today, years=10.0)),
            "unreleased": FixedScorer(unreleased(self.catalogue, today)),
        }


def gather(catalogue: Catalogue, community: Community) -> Knowledge:
    """Knowledge about the items of `catalogue`, for which the community was learnt."""
    return Knowledge(catalogue, fame_in_its_time(catalogue), spread_of_years(catalogue), community)
