"""Whose words a sentence is."""

from __future__ import annotations

import pytest

from litreview.coding.voice import quotations, speaker_role, speaker_tags, voice_of, voices
from litreview.documents.model import Boxes, Document, Metadata, Page, Paragraph, Section, Sentence


def section(*kinds: str) -> Section:
    return Section(kinds=kinds, heading="", start=0, end=999, level=1)


@pytest.mark.parametrize(
    ("text", "kinds", "voice"),
    [
        ("Semangat keluarga tumbuh.", ("results", "discussion"), "author"),
        ("Temuan ini sejalan dengan Lestari (2018) yang melihat hal serupa.", ("results",), "cited"),
        ("Jumlah pendamping kurang (Sari & Putra, 2019).", ("introduction",), "cited"),
        ("The number of facilitators was too small [3].", ("discussion",), "cited"),
        ("Hal itu tampak pada Bu Sn (wawancara, 12 Mei 2020).", ("results",), "author"),
        ("Setiap keluarga mempunyai kekuatan (Saleebey, 2013).", ("introduction",), "theory"),
        ("Pemberdayaan adalah proses memberi daya.", ("introduction",), "theory"),
        ("Manusia mampu berubah.", ("theory",), "theory"),
        ("Rahmi (2017) menemukan pendamping kewalahan.", ("theory",), "cited"),
        ("Dinas menambah pendamping.", ("recommendation",), "recommendation"),
        ("Pemerintah sebaiknya menambah pendamping.", ("conclusion",), "recommendation"),
        ("The ministry should add facilitators.", ("conclusion",), "recommendation"),
        ("Penelitian terdahulu menunjukkan hal yang sama.", ("discussion",), "cited"),
    ],
)
def test_voice_by_section_and_words(text: str, kinds: tuple[str, ...], voice: str) -> None:
    assert voice_of(text, section(*kinds)) == voice


def make_document(*paragraphs: tuple[str, str]) -> Document:
    """A document of one section; each paragraph is one sentence."""
    text, marks, sentences = "", [], []
    for index, (kind, words) in enumerate(paragraphs):
        marks.append(Paragraph(kind, 0, len(text), len(text) + len(words)))
        sentences.append(Sentence(index, len(text), len(text) + len(words), "id"))
        text += words + "\n"
    page = Page(file=0, number=1, start=0, end=len(text), width_pt=595, height_pt=842)
    return Document(
        report="r", files=("a.pdf",), text=text, text_hash="h", pages=(page,),
        sections=(Section(("results",), "Hasil", 0, len(text), 1),), paragraphs=tuple(marks),
        sentences=tuple(sentences), metadata=Metadata(), boxes=Boxes(), reader="t",
    )  # fmt: skip


def test_speech_is_the_participants() -> None:
    document = make_document(
        ("body", "“Dulu saya takut bicara di depan orang,” kata Bu Sn."),
        ("body", "Ia menyebutnya “sekolah ibu” sejak awal kepesertaan."),
        ("quote", "Saya ingin anak saya sekolah (Sr, KPM, 34 tahun)."),
        ("body", "Penulis mencatat perubahan itu."),
    )
    assert voices(document) == ("participant", "author", "participant", "author")


def test_an_unclosed_quotation_reaches_the_end_of_its_paragraph() -> None:
    text = "Katanya “kami yang memilih topik bulan depan"
    assert list(quotations(text, 0, len(text))) == [(8, len(text))]
    assert list(quotations("tanpa tanda", 0, 11)) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [("… (Sr, KPM, 34 tahun)", "family"), ("… (Ag, pendamping, 29 tahun)", "facilitator"),
     ("“…” ujar seorang ibu.", "family"), ("Biasa saja.", "")],
)  # fmt: skip
def test_speakers(text: str, role: str) -> None:
    assert speaker_role(text) == role


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("“Saya sudah berani bicara sendiri.” (Sr, KPM graduasi, 34 tahun)", ["(Sr, KPM graduasi, 34 tahun)"]),
        ("“Saya sudah berani bicara sendiri” (mantan peserta).", ["(mantan peserta)"]),
        ("“Ramai sekali jawaban ibu-ibu,” kenang Tn (36 tahun).", ["(36 tahun)"]),
        ("“Saya sudah berani bicara sendiri (Sr, KPM graduasi).”", ["(Sr, KPM graduasi)"]),
        ("(Mn, KPM graduasi, 47 tahun)", ["(Mn, KPM graduasi, 47 tahun)"]),
        ("“Mereka sudah berani bicara sendiri” (Sari, 2018).", []),
        ("Disebut “sekolah ibu” (pertemuan kelompok, bulanan).", []),
        ("“Saya sudah berani bicara sendiri.” Keluarga lulus (graduasi, 2 orang).", []),
        ("Keluarga lulus (graduasi, 2 orang).", []),
        ("(Danurwenda, 2015)", []),
        ("", []),
    ],
)
def test_brackets_that_name_a_speaker(text: str, tags: list[str]) -> None:
    assert [text[start:end] for start, end in speaker_tags(text, 0, len(text))] == tags


def test_a_quotation_without_marks_ends_in_its_speaker() -> None:
    text = "Saya ingin anak saya sekolah (Sr, lulus PKH)."
    assert speaker_tags(text, 0, len(text)) == []
    assert [text[a:b] for a, b in speaker_tags(text, 0, len(text), quoted=True)] == ["(Sr, lulus PKH)"]


def test_an_empty_document() -> None:
    assert voices(make_document()) == ()


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([("body", "Most did more: the item “I say my opinion in the group” reached 3.9.")], ["author"]),
        ([("body", "Butir 7: “Saya berani berpendapat di kelompok” mendapat rerata 3,9.")], ["author"]),
        ([("body", "Pernyataan “Saya berani berpendapat di kelompok” disetujui banyak ibu.")], ["author"]),
        ([("body", "Angket memuat pernyataan berikut:"), ("list", "“Saya berani berpendapat di kelompok”")],
         ["author", "author"]),
        ([("table", "“Saya berani berpendapat di kelompok” 3,9 0,8")], ["author"]),
        ([("body", "Pernyataan Bu Sn: “Dulu saya takut bicara di depan orang.”")], ["participant"]),
        ([("body", "Pernyataan: “Dulu saya takut bicara di depan orang.” (Sn, KPM, 34 tahun)")], ["participant"]),
        ([("body", "Mereka bercerita sebagai berikut:"), ("list", "“Dulu saya takut bicara di depan orang.”")],
         ["author", "participant"]),
        ([("body", "Simak pernyataan berikut:"), ("list", "“Dulu saya takut bicara.” (Sn, KPM, 34 tahun)")],
         ["author", "participant"]),
    ],
)  # fmt: skip
def test_an_item_of_a_questionnaire_is_no_speech(paragraphs: list[tuple[str, str]], expected: list[str]) -> None:
    assert list(voices(make_document(*paragraphs))) == expected
