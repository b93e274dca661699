"""Where the public data lies that some tests want; they skip where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def real_data(*parts: str) -> Path:
    """A folder or file under `RECOMMENDARR_BENCH_DATA` (else `../shared/data`); skips the test if it is not there."""
    root = Path(os.environ.get("RECOMMENDARR_BENCH_DATA", "../shared/data"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs the real data {'/'.join(parts)} under RECOMMENDARR_BENCH_DATA or ../shared/data")
    return path
