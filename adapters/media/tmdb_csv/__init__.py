"""TMDB catalogues as they are published: CSV in several dialects and Parquet, told apart by their columns.

Films: JSON or Python lists in columns, or names between "|" or commas; titles, or original titles alone.
Details: keywords, and credits, that join films by their TMDB id.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from adapters.media.tmdb_csv.details import CREDIT_COLUMNS, KEYWORD_COLUMNS, CreditsCsv, KeywordsCsv
from adapters.media.tmdb_csv.films import FILM_COLUMNS, FilmsCsv
from adapters.media.tmdb_csv.parquet import is_parquet, open_parquet
from adapters.tabular import file_bytes, open_table, wrong_header
from bot.i18n import gettext as _
from bot.ports.imports import CatalogueFile

__all__ = ["open_catalogue", "open_catalogues"]


def open_catalogue(path: Path) -> CatalogueFile:
    """Recognise one file by its columns. Raises: InvalidFile."""
    source = file_bytes(path)
    if is_parquet(source):
        return open_parquet(path)
    table = open_table(source)
    columns = frozenset(table.columns)
    if any(needed <= columns for needed in CREDIT_COLUMNS):
        return CreditsCsv(table)
    if any(needed <= columns for needed in FILM_COLUMNS):
        return FilmsCsv(table)
    if columns >= KEYWORD_COLUMNS:
        return KeywordsCsv(table)
    raise wrong_header(table, _("a list of TMDB films, keywords or credits"))


def open_catalogues(paths: Sequence[Path]) -> tuple[CatalogueFile, ...]:
    """Recognise all files before the first is read; those with titles come first. Raises: InvalidFile."""
    files = [open_catalogue(path) for path in dict.fromkeys(path.absolute() for path in paths)]
    return tuple(sorted(files, key=lambda file: (not file.has_titles, file.authority, file.name)))
