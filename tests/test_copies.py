from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace

from litreview.ledger import Judgment
from litreview.pipeline.copies import counted_once, told_twice
from litreview.records.copies import find_copies, resemblance
from litreview.records.match import join_reports
from litreview.records.model import Copy, ReportFacts, Study
from litreview.review import Review
from litreview.screening.model import Standing
from litreview.shipped import create_review

TITLE = "Pendampingan keluarga menuju graduasi mandiri di Kabupaten Tirtasari"
ONE = ReportFacts("a", ("a.pdf",), TITLE, authors=("Dewi Sari",), year=2019, regency="Kabupaten Tirtasari")
AGAIN = replace(ONE, report="b", files=("b.pdf",))
TEXT = " ".join(f"kata{number}" for number in range(400))
RESAVED = TEXT.replace("kata7 ", "kala7 ")


def copies(*reports: ReportFacts, texts: tuple[str, ...] = (TEXT, RESAVED), apart: bool = False) -> list[Copy]:
    known = dict(zip((one.report for one in reports), texts, strict=True))
    return find_copies(reports, known.__getitem__, [PARTED] if apart else [])


PARTED = Judgment("a", "", "a", "d", "link", {"reports": ["a", "b"], "apart": True})


def test_resemblance_is_the_share_of_runs_of_three_words_that_both_hold() -> None:
    assert resemblance("satu dua tiga empat", "Satu, dua tiga lima") == 1 / 3  # of three runs, one stands in both
    assert resemblance(TEXT, TEXT.upper()) == 1
    assert (resemblance("", ""), resemblance("satu dua", "satu dua"), resemblance(TEXT, "")) == (0, 0, 0)


@pytest.mark.parametrize(
    "other",
    [AGAIN, replace(AGAIN, year=None), replace(AGAIN, title=TITLE.upper()), replace(AGAIN, authors=("Sari, D.",))],
    ids=["re-saved", "without-a-year", "in-capitals", "initials"],
)
def test_a_copy_with_other_bytes_is_of_the_same_study_and_publication(other: ReportFacts) -> None:
    found = copies(ONE, other)
    assert found == [Copy("b", "a")]
    [study] = join_reports([ONE, other], copies=found)
    assert (study.reports, study.provisional, study.copies) == (("a", "b"), True, {"b": "a"})
    assert "until a person" in str(study.why[0])


@pytest.mark.parametrize(
    ("other", "text"),
    [
        (replace(AGAIN, authors=("Budi Sari",)), TEXT),
        (replace(AGAIN, authors=()), TEXT),
        (replace(AGAIN, title="Hujan di hutan bakau"), TEXT),
        (replace(AGAIN, title=""), TEXT),
        (AGAIN, " ".join(f"lain{number}" for number in range(400))),
        (AGAIN, TEXT[: len(TEXT) // 3]),
        (AGAIN, ""),
    ],
    ids=["other-author", "no-author", "other-title", "no-title", "other-text", "summary", "no-text"],
)
def test_what_differs_is_no_copy(other: ReportFacts, text: str) -> None:
    assert copies(ONE, other, texts=(TEXT, text)) == []


def test_texts_are_asked_for_only_where_title_and_author_agree() -> None:
    asked: list[str] = []

    def text_of(report: str) -> str:
        asked.append(report)
        return TEXT

    assert find_copies([ONE, replace(AGAIN, title="Hujan"), replace(AGAIN, authors=("Budi",))], text_of) == []
    assert asked == []


def test_the_same_text_on_another_place_is_told_and_not_joined() -> None:
    villages = [replace(ONE, village="Desa Sumber", design="survey"), replace(AGAIN, village="Muara", design="survey")]
    found = copies(*villages)
    assert [one.places for one in found] == [("Desa Sumber", "Muara")]
    assert [study.reports for study in join_reports(villages, copies=found)] == [("a",), ("b",)]
    assert not copies(ONE, replace(AGAIN, regency="Tirtasari Regency"))[0].elsewhere


def test_a_text_published_twice_is_one_study_with_two_references() -> None:
    twice = replace(AGAIN, year=2021)
    [study] = join_reports([ONE, twice], copies=copies(ONE, twice))
    assert (study.reports, study.copies) == (("a", "b"), {})


def test_a_person_parts_copies() -> None:
    assert copies(ONE, AGAIN, apart=True) == []
    assert len(join_reports([ONE, AGAIN], judgments=[PARTED], copies=copies(ONE, AGAIN))) == 2


def test_three_copies_have_one_first() -> None:
    reports = [ONE, AGAIN, replace(AGAIN, report="c")]
    [study] = join_reports(reports, copies=copies(*reports, texts=(TEXT, RESAVED, TEXT)))
    assert study.copies == {"b": "a", "c": "a"}


def test_what_a_text_tells_is_counted_once_in_its_study() -> None:
    pair = [Copy("b", "a"), Copy("d", "c", places=("X", "Y"))]
    apart = [Study("a", ("a", "b")), Study("c", ("c",)), Study("d", ("d",))]
    assert told_twice(pair, apart) == {"b"}
    assert told_twice(pair, [Study("c", ("c", "d"))]) == {"d"}  # whom a person or one entry joined
    assert told_twice([], []) == frozenset()


def test_a_copy_that_was_decided_otherwise_is_not_hidden_in_the_flow() -> None:
    pair = [Copy("b", "a"), Copy("c", "b")]
    go, out = Standing("include", True), Standing("exclude", False, "years")
    assert counted_once(pair, {"a": go, "b": go, "c": go}) == {"b": "a", "c": "a"}
    assert counted_once(pair, {"a": go, "b": out, "c": out}) == {"c": "b"}
    assert counted_once([Copy("b", "a", publication=False), Copy("c", "a", places=("X", "Y"))],
                        {"a": go, "b": go, "c": go}) == {}  # fmt: skip


@pytest.mark.slow
def test_a_re_saved_copy_and_one_without_its_year_are_one_study_without_a_letter(tmp_path: Path) -> None:
    create_review(tmp_path / "r")
    corpus = tmp_path / "r" / "corpus"
    lines_of = "\n".join(f"Pendamping nomor {n} mengunjungi keluarga nomor {n * 7} di rumahnya." for n in range(40))
    for name, year in (("one.pdf", "Jurnal Sosial Vol. 3 No. 2, Tahun 2019"), ("two.pdf", ""), ("three.pdf", "")):
        pdf = pymupdf.open()
        page = pdf.new_page()
        page.insert_text((72, 60), year, fontsize=9)
        page.insert_text((72, 100), TITLE, fontsize=14)
        page.insert_text((72, 130), "Dewi Sari", fontsize=11)
        page.insert_text((72, 160), "Abstrak", fontsize=12, fontname="hebo")
        told = lines_of.replace("keluarga", "rumah") if name == "three.pdf" else lines_of
        page.insert_text((72, 180), told, fontsize=9)
        pdf.save(corpus / name)
    review = Review.open(tmp_path / "r", "en")
    summary = review.run()
    assert summary.studies_included == 2
    [notice] = [str(one) for one in summary.notices if "hold the same article" in str(one)]
    assert "corpus/one.pdf and corpus/two.pdf" in notice
    html = (tmp_path / "r" / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "Sari (2019)" in html
    assert "2019a" not in html
