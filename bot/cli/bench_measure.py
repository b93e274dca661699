"""What `recommendarr bench` measures, each beside a plain product of the same arrays in the same run.

Times are medians in milliseconds. The ratios say more than the times: they hardly depend on the machine.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from sklearn.metrics.pairwise import cosine_similarity  # type: ignore[import-untyped]

from bot.cli.bench_world import World, build_world, keyword_documents, title_entries
from engine.candidates.batch import retrieve
from engine.pipelines import build_pipeline
from engine.profiling import build_profile
from engine.request import RankRequest
from engine.search.keywords import KeywordIndex
from engine.search.titles import TitleIndex
from engine.types import IntArray, Vectors

SIZES = (3_400, 40_000, 1_000_000)
HOUSEHOLD = 15
SMALL, LARGE = 40_000, 1_000_000
_REPEATS = 30
_USERS = 256  # of a batch
_CANDIDATES = 400
_PICKS = 10
_QUERIES = 50
Told = Callable[[str], None]
Figures = dict[str, float]


def measure(sizes: Sequence[int] = SIZES, *, seed: int = 0, tell: Told = lambda _what: None) -> dict[str, object]:
    """All figures by number of titles, and the ratios between sizes."""
    found: dict[int, Figures] = {}
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    for size in sizes:
        tell(f"{size:,} titles: building")
        world = build_world(size, HOUSEHOLD, seed)
        found[size] = {**_recommendation(world, tell), **_batch(world, tell), **_search(world, tell)}
        found[size]["resident_mib"] = resident_mib()
        del world
        gc.collect()
    ratios: Figures = {}
    if SMALL in found and LARGE in found:
        ratios["recommendation_large_to_small"] = found[LARGE]["recommendation_ms"] / found[SMALL]["recommendation_ms"]
    return {
        "titles": {
            str(size): {name: round(value, 3) for name, value in figures.items()} for size, figures in found.items()
        },
        "ratios": {name: round(value, 3) for name, value in ratios.items()},
        "processors": processors(),
        "load_before": round(busy, 2),  # other work on the machine makes every time longer
    }


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def resident_mib() -> float:
    """Memory of this process, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _recommendation(world: World, tell: Told) -> Figures:
    """One person's ten picks with reasons, in turn with one product over the catalogue and the documents' method."""
    tell(f"{len(world.catalogue):,} titles: recommending")
    pipeline, resources, embeddings = build_pipeline(), world.resources, world.catalogue.embeddings
    profiles = [build_profile(world.catalogue, world.features, person) for person in world.people]
    vector = np.ascontiguousarray(embeddings[0])
    times: dict[str, list[float]] = {"recommendation": [], "profile": [], "product": [], "document": []}
    for turn in range(_REPEATS):
        history, profile = world.people[turn % len(profiles)], profiles[turn % len(profiles)]
        times["recommendation"].append(_timed(partial(pipeline, RankRequest(resources, (profile,), n=_PICKS))))
        times["product"].append(_timed(partial(np.matmul, embeddings, vector)))
        if turn < _REPEATS // 3:
            times["profile"].append(_timed(partial(build_profile, world.catalogue, world.features, history)))
            times["document"].append(_timed(partial(_document_method, embeddings, history.items)))
    figures = {f"{name}_ms": 1_000.0 * median(values) for name, values in times.items()}
    # The goal: at most three products and five milliseconds.
    figures["recommendation_to_goal"] = figures["recommendation_ms"] / (3.0 * figures["product_ms"] + 5.0)
    figures["document_to_recommendation"] = figures["document_ms"] / figures["recommendation_ms"]
    return figures


def _document_method(embeddings: Vectors, items: IntArray) -> IntArray:
    """What the documents do for each person: scikit-learn's cosine of the mean to everything."""
    mean = embeddings[items].mean(axis=0)[None]
    return np.argsort(-cosine_similarity(mean, embeddings)[0])[:_PICKS]


def _batch(world: World, tell: Told) -> Figures:
    """Many people: candidates for all at once, and then the whole pipeline for each, shared out to all processors."""
    tell(f"{len(world.catalogue):,} titles: many people")
    resources = world.resources
    few = [build_profile(world.catalogue, world.features, person) for person in world.people]
    profiles = [few[place % len(few)] for place in range(_USERS)]
    started = perf_counter()
    candidates = retrieve(resources, profiles, _CANDIDATES)
    retrieved = perf_counter()
    pipeline = build_pipeline()
    requests = [
        RankRequest(resources, (profile,), n=_PICKS, candidates=rows)
        for profile, rows in zip(profiles, candidates, strict=True)
    ]
    ready = perf_counter()
    _share_out(requests, pipeline)
    finished = perf_counter()
    return {
        "candidates_users_per_minute": 60.0 * _USERS / (retrieved - started),
        "pipeline_users_per_minute": 60.0 * _USERS / (finished - ready),
    }


def _share_out(requests: Sequence[RankRequest], work: Callable[[RankRequest], object]) -> None:
    """Answer all requests, by one process per processor where processes can be forked. Raises: ChildProcessError."""
    parts = processors() if hasattr(os, "fork") else 1
    children = []
    for part in range(1, parts):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                for request in requests[part::parts]:
                    work(request)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    for request in requests[::parts]:
        work(request)
    if any(os.waitpid(child, 0)[1] for child in children):
        raise ChildProcessError("A process of the benchmark failed.")


def _search(world: World, tell: Told) -> Figures:
    """Titles with a typo at every size; words of plots where a household's catalogue would have them."""
    tell(f"{len(world.catalogue):,} titles: searching")
    catalogue = world.catalogue
    titles = TitleIndex.build(title_entries(catalogue))
    generator = np.random.default_rng(0)
    chosen = generator.integers(0, len(catalogue), size=_QUERIES)
    misspelt = [_typo(catalogue.names[row].rpartition(" (")[0], generator) for row in chosen]
    figures = {"title_typo_ms": 1_000.0 * median(_timed(partial(titles.search, text)) for text in misspelt)}
    figures["title_typo_found"] = float(
        np.mean(
            [
                any(hit.item == catalogue.ids[row] for hit in titles.search(text))
                for row, text in zip(chosen, misspelt, strict=True)
            ]
        )
    )
    if len(catalogue) <= SMALL:
        documents = keyword_documents(catalogue)
        keywords = KeywordIndex.build(documents)
        queries = [" ".join(documents[row].plot.split()[5:9]) for row in chosen]
        figures["keyword_search_ms"] = 1_000.0 * median(_timed(partial(keywords.search, text)) for text in queries)
    return figures


def _typo(text: str, generator: np.random.Generator) -> str:
    """The text with two neighbouring letters in each other's place."""
    place = int(generator.integers(1, max(2, len(text) - 2)))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
