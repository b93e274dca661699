"""What `recommendarr evaluate personal|group`, `tune` and `train ease` do: read the data, run, answer plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.media.movielens_sequences import read_sequences
from adapters.models.public_knowledge import save_public_knowledge
from bot.cli.evaluation_data import Embed, RatedCatalogue, load_movielens
from bot.errors import InvalidFile, InvalidInput
from bot.i18n import gettext as _
from engine.evaluation.group import evaluate_group
from engine.evaluation.methods import Method, ease_method, familiar_scores, popularity_method
from engine.evaluation.personal import Progress, evaluate_households, evaluate_personal, silent
from engine.evaluation.pipelines import PUBLIC, Workbench, learn, pipeline_method, reranked_method, workbench
from engine.evaluation.ratings import RatingsData, ratings_data
from engine.evaluation.rendering import render_tiers
from engine.evaluation.rivals import features_for, lists_for, nearest_people_for
from engine.evaluation.tuner import tune_blend
from engine.pipelines import DEFAULT_PIPELINE, build_pipeline
from engine.scoring.history import Recency
from engine.scoring.public import publish
from engine.scoring.weights import Tier

EASE = "ease"
RERANK_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the public data lie."""

    movielens: Path  # folder with ratings.csv, movies.csv, links.csv
    tmdb: tuple[Path, ...]  # catalogues with plots, people, keywords; may be empty
    imdb: Path | None  # votes
    sequences: Path  # ml-1m, "user item" per line


def sources_under(root: Path) -> Sources:
    """The usual layout below one folder. Raises: InvalidFile when it is not there."""
    movielens = root / "ml-latest-small"
    if not movielens.is_dir():
        raise InvalidFile(
            _("{folder} holds no MovieLens data; name a folder with RECOMMENDARR_BENCH_DATA.").format(folder=root)
        )
    imdb = sorted((root / "imdb").glob("*.parquet"))
    tmdb = tuple(sorted(path for path in (root / "tmdb").glob("*") if path.suffix in {".csv", ".parquet"}))
    return Sources(movielens, tmdb, imdb[0] if imdb else None, root / "ml-1m" / "ml-1m_sas.txt")


def kept(embed: Embed, folder: Path) -> Embed:
    """An embedder that keeps its answer to a list of texts in `folder`, for the next run on the same texts."""

    def embed_once(texts: Sequence[str]) -> NDArray[np.float32]:
        digest = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:20]
        path = folder / f"vectors-{digest}.npy"
        if path.exists():
            held: NDArray[np.float32] = np.load(path, allow_pickle=False)
            if held.dtype == np.float32 and len(held) == len(texts):
                return held
        vectors = embed(texts)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, vectors, allow_pickle=False)
        unfinished.replace(path)
        return vectors

    return embed_once


def load(sources: Sources, embed: Embed) -> RatedCatalogue:
    """The rated films with everything known about them. Raises: InvalidFile, Unavailable."""
    return load_movielens(sources.movielens, tmdb_files=sources.tmdb, imdb_file=sources.imdb, embed=embed)


def personal_methods(rated: RatedCatalogue, bench: Workbench) -> dict[str, Method]:
    """The references and every pipeline that needs no trained sequence model, the default last."""
    count = len(rated.catalogue)
    needs = {
        "jellyfin-hybrid": lists_for(rated.catalogue),
        "plex-content": features_for(rated.catalogue, rated.documents),
        "seenemall-mixer": nearest_people_for(bench),
        "taste-profile": None,
    }
    return {
        "popularity": popularity_method(count),
        "ease-300": ease_method(count, 300.0, None),
        EASE: ease_method(count, 100.0, Recency(20.0, 0.3)),
        **{name: pipeline_method(bench, build_pipeline(name), scorers=needs[name]) for name in needs},
        DEFAULT_PIPELINE: pipeline_method(bench, build_pipeline()),
    }


def run_personal(
    rated: RatedCatalogue,
    *,
    household: int | None = None,
    strangers: bool = False,
    pipelines: Sequence[str] = (),
    rerank_weights: Sequence[float] = (),
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, object]:
    """The report of `evaluate personal`. `strangers`: a household with what everybody else knows as public data.

    `rerank_weights`: the default pipeline once more for each, reordered by embeddings with that weight of its order.

    Raises: InvalidInput for a household that cannot be, or a pipeline that there is not.
    """
    bench = workbench(rated.catalogue)
    methods = personal_methods(rated, bench)
    unknown = sorted(set(pipelines) - set(methods))
    if unknown:
        raise InvalidInput(
            _("There is no “{name}”; there are {names}.").format(name=unknown[0], names=", ".join(methods))
        )
    methods = {name: method for name, method in methods.items() if not pipelines or name in pipelines}
    if household is not None and not 1 <= household <= len(rated.ratings.ids):
        raise InvalidInput(_("A household has one to {most} people.").format(most=len(rated.ratings.ids)))
    for weight in rerank_weights:
        methods[f"{DEFAULT_PIPELINE}+small@{weight:g}"] = reranked_method(
            bench, build_pipeline(), window=RERANK_WINDOW, rank_weight=weight
        )
    vectors = rated.catalogue.embeddings
    if household is None:
        report = evaluate_personal(rated.ratings, methods, vectors, seed=seed, progress=progress)
    else:
        report = evaluate_households(
            rated.ratings, methods, vectors, size=household, with_strangers=strangers, seed=seed, progress=progress
        )
    return report.to_json(against=DEFAULT_PIPELINE)


def run_group(sources: Sources, *, size: int = 4, seed: int = 0, progress: Progress = silent) -> dict[str, object]:
    """The report of `evaluate group`, by kind of group. Raises: InvalidFile, InvalidInput."""
    if not 2 <= size <= 8:
        raise InvalidInput(_("A group has two to eight members."))
    data = _sequence_data(sources.sequences)
    reports = evaluate_group(
        data.histories, data.n_items, familiar_scores(data.n_items), size=size, seed=seed, progress=progress
    )
    return {"task": "group", "kinds": {kind: report.to_json() for kind, report in reports.items()}}


def run_tune(
    rated: RatedCatalogue, *, seed: int = 0, progress: Progress = silent
) -> tuple[tuple[Tier, ...], str, dict[str, object]]:
    """The learnt weights, the module to keep them in, and what they achieve for everybody, by `evaluate personal`."""
    bench = workbench(rated.catalogue)
    tiers = tune_blend(rated.ratings, bench, seed=seed, progress=progress)
    pipeline = build_pipeline(weights=dict(tiers[-1].weights))
    methods = {EASE: ease_method(len(rated.catalogue), 100.0, Recency(20.0, 0.3))}
    methods[DEFAULT_PIPELINE] = pipeline_method(bench, pipeline)
    report = evaluate_personal(rated.ratings, methods, rated.catalogue.embeddings, seed=seed, progress=progress)
    weights = {str(tier.people): {name: round(weight, 4) for name, weight in tier.weights.items()} for tier in tiers}
    return tiers, render_tiers(tiers), {"task": "tune", "weights": weights, **report.to_json(against=DEFAULT_PIPELINE)}


def run_train_ease(folder: Path, target: Path) -> dict[str, object]:
    """Learn what the people of a MovieLens folder know and write it to `target`. Raises: InvalidFile, OSError."""
    rated = load_movielens(folder)
    ids = rated.tmdb_ids.copy()
    _first, places = np.unique(ids, return_index=True)
    repeated = np.setdiff1d(np.arange(len(ids)), places)
    ids[repeated] = 0  # two records of one film: the first speaks
    knowledge = publish(learn(rated.ratings.histories, len(ids), PUBLIC), ids)
    save_public_knowledge(target, knowledge)
    return {
        "people": knowledge.people,
        "titles": len(knowledge.ids),
        "weights": int(knowledge.ease.nnz + knowledge.transitions.nnz + knowledge.neighbours.nnz),
        "bytes": target.stat().st_size,
    }


def _sequence_data(path: Path) -> RatingsData:
    read = read_sequences(path)
    days = np.arange(len(read.items), dtype=np.float64)  # the order of the file is the order in time
    return ratings_data(read.people, read.items, np.full(len(read.items), 5.0), days, read.n_items)
