"""`litreview import` and `litreview export`."""

from __future__ import annotations

from pathlib import Path

from litreview.records.read import parse_export
from tests.command_making import add, call, data, make_small_review, records_of, refused, well
from tests.export_making import NBIB, RIS
from tests.pdf_making import lines, make_pdf


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_exports_come_into_the_corpus_and_are_counted(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    cut = put(tmp_path, "found.ris", RIS.replace("ER  -\n\nTY", "TY"))
    told = well("import", cut, put(tmp_path, "pubmed.dat", NBIB), "--into", str(review))
    assert "corpus/exports/found-2.ris: 2 of 2 records read (ris)." in told
    assert "Record 1 has no end (ER)" in told
    assert "decisions of a screening tool: 1." in told
    assert (review / "corpus/exports/pubmed.dat.nbib").read_text(encoding="utf-8") == NBIB
    assert len(records_of(review)) == 6 + 2 + 2


def test_the_same_content_is_taken_in_once(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    first, again = (data("import", put(tmp_path, name, RIS), "--into", str(review))["files"][0] for name in ("a", "b"))
    assert (first["file"], first["already"]) == ("corpus/exports/a.ris", False)
    assert (again["file"], again["already"]) == ("corpus/exports/a.ris", True)


def test_a_file_that_is_no_export_stops_before_anything_is_copied(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    told = refused("import", put(tmp_path, "a.ris", RIS), put(tmp_path, "b.txt", "apa"), "--into", str(review))
    assert "b.txt: It is no search export" in told
    assert [path.name for path in (review / "corpus/exports").iterdir()] == ["found.ris"]


def test_records_go_out_with_decisions(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r", more="")
    first, second, *_ = records_of(review)
    folder = str(review)
    at = ("--stage", "title-abstract")
    well("screen", folder, "--target", first, "--decision", "include", *at, "--as", "ani")
    well("screen", folder, "--target", second, "--decision", "exclude", *at, "--reason", "years", "--as", "budi")
    for format_ in ("ris", "csv", "xlsx", "bibtex", "csl-json"):
        target = tmp_path / f"out.{format_}"
        assert data("export", folder, "--format", format_, "--to", str(target)) == {"file": str(target), "records": 6}
        export = parse_export(target.read_bytes(), "x")
        assert export is not None
        assert [(one.record, one.person, one.stage, one.decision, one.reason) for one in export.decisions] == [
            (first, "ani", "title-abstract", "include", ""),
            (second, "budi", "title-abstract", "exclude", "years"),
        ]
        assert len(export.decisions[0].at) == len("2024-01-02 03:04:05")


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    well("export", str(review))
    assert "There is such a file already" in refused("export", str(review))
    assert (review / "records.ris").is_file()
    assert call("export", str(review), "--format", "pdf").exit_code == 2


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    result = call("export", str(review), "--to", str(review / "review.yaml" / "x.ris"), "--language", "en")
    assert (result.exit_code, "could not be written" in result.output) == (1, True)


def test_the_protocol_tells_the_headings_of_a_table(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r", more="")
    put(review / "corpus", "own.csv", "Karya;Oleh;Terbit\nJudul yang lain sama sekali;Sari, D.;2019\n")
    assert len(records_of(review)) == 6
    sources = "sources:\n  - {path: own.csv, columns: {title: Karya, authors: Oleh, year: Terbit}}\n"
    add(review / "review.yaml", sources)
    assert len(records_of(review)) == 7


def test_a_record_by_hand(tmp_path: Path) -> None:
    folder = str(make_small_review(tmp_path / "r"))
    words = ("--title", "Laporan dinas sosial", "--author", "Sari, Dewi", "--author", "Putra, B.", "--year", "2021")
    told = data("import", "--into", folder, *words, "--kind", "RPRT", "--doi", "https://doi.org/10.5555/A")
    assert told["files"][0]["file"] == "corpus/exports/by-hand-sari-2021.ris"
    [record] = told["records"]
    assert (record["title"], record["authors"], record["year"]) == (
        "Laporan dinas sosial",
        ["Sari, Dewi", "Putra, B."],
        2021,
    )
    assert (record["kind"], record["doi"]) == ("RPRT", "10.5555/a")
    assert len(records_of(Path(folder))) == 7
    assert "needs a title" in refused("import", "--into", folder, "--author", "Sari, Dewi")


def test_a_record_from_the_first_page_of_a_pdf(tmp_path: Path) -> None:
    review = make_small_review(tmp_path / "r")
    title = [(72.0, 80.0, "Bekerja Bersama di Lereng Gunung", 20.0)]
    text = ["Keluarga membuka warung bersama tetangga di desa itu sejak tahun lalu."] * 9
    make_pdf(tmp_path / "a.pdf", [[*title, *lines(text, y=160)]])
    pdf, more = str(tmp_path / "a.pdf"), ("--into", str(review), "--year", "2020")
    told = well("import", pdf, *more)
    assert "corpus/exports/by-hand-untold-2020.ris: 1 of 1 records read (ris)." in told
    assert "Bekerja Bersama di Lereng Gunung" in told
    assert "Look whether this is right" in told
    several = refused(
        "import", str(tmp_path / "a.pdf"), put(tmp_path, "a.ris", RIS), "--into", str(review), "--year", "2020"
    )
    assert "name one document" in several


def test_an_export_tells_nothing_of_what_is_blind(tmp_path: Path) -> None:
    folder = make_small_review(tmp_path / "review")
    record = records_of(folder)[1]
    well("export", str(folder), "--format", "csv", "--to", str(tmp_path / "before.csv"))
    well("screen", str(folder), "--target", record, "--decision", "include", "--as", "ani")
    well("export", str(folder), "--format", "csv", "--to", str(tmp_path / "after.csv"))
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()
    well("screen", str(folder), "--target", record, "--decision", "include", "--as", "budi")
    well("export", str(folder), "--format", "csv", "--to", str(tmp_path / "told.csv"))
    assert "ani" in (tmp_path / "told.csv").read_text(encoding="utf-8")
