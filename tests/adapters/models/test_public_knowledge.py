"""The file of public knowledge: there and back, and never half."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from adapters.models.public_knowledge import load_public_knowledge, save_public_knowledge
from bot.errors import InvalidFile
from engine.scoring.community import CommunityConfig, Past, learn_community
from engine.scoring.public import MATRICES, PublicKnowledge, publish


def knowledge() -> PublicKnowledge:
    generator = np.random.default_rng(0)
    people = [Past(generator.permutation(30)[:12], generator.random(12) < 0.7, np.arange(12.0)) for _ in range(20)]
    community = learn_community(people, 30, CommunityConfig(minimum_people=1, dense_below=0))
    return publish(community, np.arange(100, 130))


def test_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "public.npz"
    save_public_knowledge(path, knowledge())
    found, expected = load_public_knowledge(path), knowledge()
    assert found.people == 20
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.likes.tolist() == expected.likes.tolist()
    for name in MATRICES:
        assert getattr(found, name).toarray() == pytest.approx(getattr(expected, name).toarray(), abs=1e-3), name
    assert [file.name for file in path.parent.iterdir()] == ["public.npz"]


def test_writing_again_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "public.npz"
    path.write_bytes(b"old")
    save_public_knowledge(path, knowledge())
    save_public_knowledge(path, knowledge())
    assert load_public_knowledge(path).people == 20


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, share: float) -> None:
    path = tmp_path / "public.npz"
    save_public_knowledge(path, knowledge())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InvalidFile, match="recommendarr train ease"):
        load_public_knowledge(path)


def test_foreign_and_contradictory_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "public.npz"
    with pytest.raises(InvalidFile, match=r"public\.npz holds no public knowledge"):
        load_public_knowledge(path)
    np.savez(path, ids=np.arange(3))
    with pytest.raises(InvalidFile):
        load_public_knowledge(path)
    save_public_knowledge(path, knowledge())
    with np.load(path) as archive:
        arrays = dict(archive)
    for name, wrong in (
        ("format", np.array(99)),
        ("ids", arrays["ids"][::-1]),
        ("ease_indices", arrays["ease_indices"] + 1_000),
        ("ease_data", np.full_like(arrays["ease_data"], np.nan)),
        ("likes", arrays["likes"][1:]),
    ):
        np.savez(path, **{**arrays, name: wrong})
        with pytest.raises(InvalidFile):
            load_public_knowledge(path)
