"""The quality of a page's text and its reason: what must be recognised from the picture, and what must not."""

from __future__ import annotations

import pytest

from litreview.documents.extract import RawPage
from litreview.documents.garbled import is_garbled
from litreview.documents.quality import needs_recognition, page_doubts
from tests.pdf_making import FULL

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
