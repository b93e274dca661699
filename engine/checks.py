"""What is looked at before a request is answered."""

from __future__ import annotations

from dataclasses import replace

from engine.interactions import Influence
from engine.profiling import build_profile
from engine.request import RankRequest
from engine.types import Mode


def check(request: RankRequest) -> None:
    """Raises: ValueError for a request that contradicts itself."""
    count = len(request.resources.catalogue)
    people = len(request.profiles)
    if request.mode is Mode.GROUP and not 2 <= people <= 10:
        raise ValueError("A group has two to ten members.")
    if request.mode is not Mode.GROUP and people != 1:
        raise ValueError("Every mode but group is about exactly one person.")
    if request.mode in {Mode.SIMILAR, Mode.BECAUSE} and not len(request.resources.catalogue.rows(request.seed_items)):
        raise ValueError("This mode needs a title of the catalogue to start from.")
    if request.allowed is not None and request.allowed.shape != (count,):
        raise ValueError("The permission mask belongs to another catalogue.")
    given = [*request.signals.values(), *([request.query.relevance] if request.query is not None else [])]
    if any(values.shape != (count,) for values in given):
        raise ValueError("A signal belongs to another catalogue.")


def without_silenced(request: RankRequest) -> RankRequest:
    """The request with profiles in which the titles of `not_influenced_by` count for nothing."""
    if not request.filters.not_influenced_by:
        return request
    silenced = tuple(Influence("title", str(item), "ignore") for item in request.filters.not_influenced_by)
    resources = request.resources
    profiles = tuple(
        build_profile(
            resources.catalogue,
            resources.features,
            replace(profile.interactions, influences=(*profile.interactions.influences, *silenced)),
            profile.config,
        )
        for profile in request.profiles
    )
    return replace(request, profiles=profiles)
