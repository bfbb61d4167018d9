"""The quality of a page's text and its reason: what must be recognised from the picture, and what must not."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from litreview.documents.extract import RawPage
from litreview.documents.garbled import is_garbled
from litreview.documents.model import Page
from litreview.documents.quality import DOUBTS, list_pages, needs_recognition, page_doubts, tell_doubts
from litreview.documents.read import ReadJob, read_report
from tests.pdf_making import FULL, lines, make_pdf, read
from tests.typesetting import keep, prose, sheets

PROSE = (
    "Keluarga penerima manfaat datang ke pertemuan kelompok setiap bulan bersama pendamping, lalu mereka menyusun"
    " rencana usaha kecil yang sesuai dengan keadaan rumah tangga masing-masing dan membahas sekolah anak mereka."
)
ENGLISH_PROSE = (
    "Families met the facilitator every month and drew up plans for a small business that would suit their own"
    " household while the village office kept the records of each meeting and paid the costs of transport for everyone."
)
SHIFTED = {c: chr(c - 29) for c in range(ord("A"), ord("z") + 1)}  # glyph numbers of common TrueType fonts
NEXT = {ord(a): chr(ord(a) + 1) for a in "abcdefghijklmnopqrstuvwxy"}
CALIBRI = {ord(a): chr(0x101 + 7 * i) for i, a in enumerate("abcdefghijklmnopqrstuvwxyz")}
SYMBOL = str.maketrans("abcdefghiklmnoprstuwxyz", "αβχδεφγηικλμνοπρστυωξψζ")
HALF_CYRILLIC = str.maketrans("aeopcx", "аеорсх")


def words(text: str, times: int = 3) -> list[str]:
    return text.split() * times


@pytest.mark.parametrize(
    "page",
    [
        ["\ufffd\ufffd\ufffd"] * 20,
        ["\ue041\ue063\ue074"] * 20,
        ["(cid:12)(cid:45)(cid:7)"] * 20,
        ["????", "??????"] * 30,
        ["xkcdq", "zrtbn", "wvhjk"] * 40,
        words(PROSE.translate(SHIFTED)),
        words(ENGLISH_PROSE.translate(NEXT)),
        words(PROSE.translate(CALIBRI)),
        words(PROSE.translate(SYMBOL)),
        words(PROSE.translate(HALF_CYRILLIC)),
        words("Пенелитиан кесейахтераан келуарга".encode().decode("cp1252", "replace"), 6),
    ],
)
def test_text_in_a_wrong_encoding_is_garbled(page: list[str]) -> None:
    assert is_garbled(page)
    raw = RawPage(0, 1, 595, 842, page, [], [])
    assert (needs_recognition(raw), page_doubts(raw)) == ("garbled", ("garbled",))


@pytest.mark.parametrize(
    "page",
    [
        [],
        words(PROSE),
        words(ENGLISH_PROSE),
        words(FULL),
        ["12,5", "37", "0,004**", "(2,11)"] * 60,
        words("Sdr. Karsinah (P1), Sdr. Wardoyo (P2), Pangestika, Tegalarum, Banyusari, Kalijati, Sumberwaras", 8),
        words("Σ α β γ ≤ ≥ ∂ x1 x2 = f(x) + ε λ μ σ² ∫ ∑ π R² 0,82", 20),
        words("Η οικογένεια συμμετείχε στις συναντήσεις κάθε μήνα και έλαβε στήριξη από τον σύμβουλο", 5),
        words("Семья приходила на встречи каждый месяц и получала поддержку от сотрудника программы", 5),
        words("家族は毎月の会合に参加し、支援員から助言を受けた。", 20),
        words("شاركت الأسرة في الاجتماعات كل شهر وتلقت الدعم من المرشد", 5),
        words("Kulawarga punika saben wulan rawuh wonten ing patemon saha pikantuk pitulungan saking pendamping", 5),
        words("Rodzina przychodziła co miesiąc na spotkania i otrzymywała wsparcie od doradcy społecznego", 5),
        words("Gia đình đến dự họp hằng tháng và nhận được sự hỗ trợ của cán bộ hướng dẫn", 5),
        [*words(PROSE), "â€œmandiriâ€", *["\uf0b7"] * 9],
        ["\uf0b7", "\uf0a7"],
    ],
)
def test_other_pages_are_not(page: list[str]) -> None:
    assert not is_garbled(page)


def test_a_page_without_words_needs_recognition_only_where_something_shows() -> None:
    shown = [RawPage(0, 1, 595, 842, [], [], []) for _ in range(4)]
    shown[0].pictured = shown[1].marked = shown[2].unreadable = True
    assert [needs_recognition(page) for page in shown] == ["no-text", "no-text", "no-text", ""]
    stamped = RawPage(0, 1, 595, 842, ["Diunduh", "dari"], [], [], pictured=True)
    assert needs_recognition(stamped) == "few-words"


def test_most_pages_garbled_means_the_file_waits_for_recognition(tmp_path: Path) -> None:
    bad = lines([PROSE.translate(SHIFTED).replace(" ", "") for _ in range(6)], size=8)
    make_pdf(tmp_path / "a.pdf", [bad, bad, lines([FULL] * 9)])
    (file,) = read_report(ReadJob(str(tmp_path), "a", ("a.pdf",))).files
    assert file.status == "needs-ocr"
    assert "wrong encoding" in file.reason


def test_one_garbled_page_gives_no_text_and_says_so(tmp_path: Path) -> None:
    bad = lines([PROSE.translate(SHIFTED) for _ in range(6)], size=8)
    document = read(make_pdf(tmp_path / "a.pdf", [lines([FULL + "."] * 9), bad, lines([FULL + "."] * 9)]))
    assert [page.doubts for page in document.pages] == [(), ("garbled",), ()]
    assert document.pages[1].start == document.pages[1].end
    assert set(document.text) <= set(FULL + ".\n")
    (told,) = tell_doubts("a.pdf", document.pages)
    assert "PDF page 2" in str(told)
    assert str(DOUBTS["garbled"]) in str(told)


def as_curves(source: Path, to: Path) -> None:
    """The PDF with the letters of its second page drawn as curves, as some programs do before printing."""
    with pymupdf.open(source) as pdf:
        svg = pdf[1].get_svg_image(text_as_path=True)
        drawn = pymupdf.open("pdf", pymupdf.open("svg", svg.encode()).convert_to_pdf())
        pdf.delete_page(1)
        pdf.insert_pdf(drawn, start_at=1)
        pdf.save(to)


def test_letters_drawn_as_curves_are_missed(tmp_path: Path) -> None:
    make_pdf(tmp_path / "a.pdf", [lines([FULL + "."] * 20)] * 4)
    as_curves(tmp_path / "a.pdf", tmp_path / "b.pdf")
    document = read(tmp_path / "b.pdf")
    assert [page.doubts for page in document.pages][1] in (("lost-words",), ("no-text",))
    assert [page.doubts for page in document.pages[2:]] == [(), ()]


def test_a_chart_or_a_short_last_page_loses_nothing(tmp_path: Path) -> None:
    pages = sheets(pymupdf.open(), 5)
    for sheet in pages[:3]:
        sheet.flow(prose("Isi", 60), 72, 80, 523, 780)
    pages[3].put(72, 700, "Gambar 4. Jarak dan lama pendampingan")
    for i in range(200):
        x, y = 90 + 37 * i % 400, 100 + 53 * i % 500
        pages[3].box(x, y, x + 4, y + 4)
    pages[4].put(72, 80, "dan demikianlah keluarga itu akhirnya mandiri.")
    document = keep(pages, tmp_path)
    assert [page.doubts for page in document.pages] == [()] * 5


def test_runs_of_pages() -> None:
    assert list_pages([1, 3, 4, 5, 9]) == "1, 3–5, 9"
    assert list_pages([]) == ""


def test_prose_beside_prose_that_was_read_across_is_told(tmp_path: Path) -> None:
    """Rows of unlike heights on either side, without a gutter that holds: which goes with which is not sure."""
    (sheet,) = sheets(pymupdf.open(), 1)
    left, right = prose("Kiri", 60), prose("Kanan", 60)
    for i in range(24):
        edge = 200 + 40 * (i % 6)
        left = sheet.flow(left, 60, 80 + 14 * i, edge, 80 + 14 * i, size=8)
        right = sheet.flow(right, edge + 25, 80 + 14 * i, 540, 80 + 14 * i, size=8)
    assert keep([sheet], tmp_path).pages[0].doubts == ("columns",)


def test_doubts_are_told_in_the_order_of_pages() -> None:
    doubted = {1: ("columns",), 2: ("no-text",), 3: ("columns", "garbled"), 4: ()}
    pages = [Page(0, number, 0, 0, 595, 842, None, doubts) for number, doubts in doubted.items()]
    assert [str(one).split(": ")[1] for one in tell_doubts("a.pdf", pages)] == [
        "the text is in doubt on PDF pages 1, 3", "the text is in doubt on PDF page 2",
        "the text is in doubt on PDF page 3"]  # fmt: skip
    assert tell_doubts("a.pdf", []) == []
