"""The report of an import."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.errors import Unavailable
from bot.ports.imports import Flaw, Record
from bot.services.import_report import ImportReport


def record(number: int) -> Record[object]:
    return Record(number, "list.csv", number + 1, number, None)


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_findings_are_listed_with_file_and_line(tmp_path: Path) -> None:
    report = ImportReport(tmp_path / "reports", "imdb", "My list (1)", "0123456789ab")
    report.resume(0)
    report.add(record(4), Flaw.AMBIGUOUS, "Several.", title="Emma", year=1996, candidates="Emma (1996) movie:3573")
    report.flush()
    assert report.path == tmp_path / "reports" / "imdb-My-list-1-01234567.csv"
    assert lines(report.path) == [
        ["record", "file", "line", "finding", "reason", "title", "year", "candidates"],
        ["4", "list.csv", "5", "ambiguous", "Several.", "Emma", "1996", "Emma (1996) movie:3573"],
    ]
    assert report.counts == {Flaw.AMBIGUOUS: 1}


def test_an_import_without_findings_leaves_no_report_not_even_an_old_one(tmp_path: Path) -> None:
    report = ImportReport(tmp_path, "imdb", "list", "0123456789ab")
    report.path.write_text("old")
    report.resume(0)
    report.flush()
    assert not report.path.exists()


def test_what_a_killed_run_wrote_beyond_its_checkpoint_is_taken_out(tmp_path: Path) -> None:
    killed = ImportReport(tmp_path, "imdb", "list", "0123456789ab")
    killed.resume(0)
    for number in (1, 2, 3):
        killed.add(record(number), Flaw.UNMATCHED, "Not there.")
    killed.flush()
    with killed.path.open("a", encoding="utf-8") as file:
        file.write("4,list.csv,5,not fo")
    resumed = ImportReport(tmp_path, "imdb", "list", "0123456789ab")
    resumed.resume(2)
    resumed.add(record(3), Flaw.BAD, "Torn.")
    resumed.flush()
    assert [row[0] for row in lines(resumed.path)[1:]] == ["1", "2", "3"]
    assert resumed.counts == {Flaw.UNMATCHED: 2, Flaw.BAD: 1}


@pytest.mark.parametrize("title", ["=1+1", "+cmd", "-2", "@sum", "\t=1"])
def test_no_cell_is_a_formula(tmp_path: Path, title: str) -> None:
    report = ImportReport(tmp_path, "imdb", "list", "0123456789ab")
    report.add(record(1), Flaw.UNMATCHED, "Not there.", title=title)
    report.flush()
    cell = lines(report.path)[1][5]
    assert cell.lstrip("' ")[0] in "=+-@cs12"
    assert cell[0] not in "=+-@"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file")
    report = ImportReport(tmp_path / "reports", "imdb", "list", "0123456789ab")
    with pytest.raises(Unavailable, match=r"The report .* cannot be written"):
        report.resume(0)
