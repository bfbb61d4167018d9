"""Suggestions over a document: where they are made, with which voice, and what a codebook of another field needs."""

from __future__ import annotations

import msgspec

from litreview.coding.codebook import parse_codebook
from litreview.coding.model import Codebook, Suggestion
from litreview.coding.suggest import SUGGESTER, suggest, suggest_sentence
from litreview.documents.model import Boxes, Document, Metadata, Page, Paragraph, Section, Sentence

CODEBOOK = parse_codebook("""
format: 1
names: {pkh: [Program Keluarga Harapan]}
words: {family: [=keluarga, =ibu], facilitator: [=pendamping]}
themes:
  - id: strengths
    label: {id: a, en: b}
    asks: present
    codes:
      - {id: hope, label: {id: a, en: b}, cues: [harapan, semangat]}
      - {id: visits, label: {id: a, en: b}, cues: ['kunjungan rumah', 'teras [hint]']}
  - id: barriers
    label: {id: a, en: b}
    codes:
      - {id: money, label: {id: a, en: b}, cues: ['modal [lacking]']}
      - {id: tired, label: {id: a, en: b}, cues: ['lelah [role facilitator]']}
""")


def make_document(*parts: tuple[str, str, str, str]) -> Document:
    """Parts are (section kind, heading, paragraph kind, sentence); each is a section and a paragraph of its own."""
    text, sections, paragraphs, sentences = "", [], [], []
    for index, (section, heading, kind, words) in enumerate(parts):
        start, end = len(text), len(text) + len(words)
        sections.append(Section((section,), heading, start, end, 1))
        paragraphs.append(Paragraph(kind, index, start, end))
        sentences.append(Sentence(index, start, end, "id"))
        text += words + "\n"
    page = Page(file=0, number=1, start=0, end=len(text), width_pt=595, height_pt=842)
    return Document(
        report="r", files=("a.pdf",), text=text, text_hash="h", pages=(page,), sections=tuple(sections),
        paragraphs=tuple(paragraphs), sentences=tuple(sentences), metadata=Metadata(), boxes=Boxes(), reader="t",
    )  # fmt: skip


def codes(document: Document, codebook: Codebook = CODEBOOK) -> list[tuple[str, str]]:
    return [(one.code, one.stance) for one in suggest(document, codebook)]


def test_a_suggestion_keeps_sentence_cue_voice_and_maker() -> None:
    document = make_document(("results", "Hasil", "body", "Semangat keluarga tumbuh di sana."))
    (one,) = suggest(document, CODEBOOK)
    assert document.quote(one.start, one.end) == "Semangat keluarga tumbuh di sana."
    assert (one.code, one.stance, one.voice, one.cue, one.suggester) == (
        "hope", "supports", "author", "Semangat", SUGGESTER,
    )  # fmt: skip
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Suggestion) == one


def test_some_places_get_none() -> None:
    sentence = "Semangat keluarga tumbuh di sana."
    for section in ("front", "method", "references", "appendix", "acknowledgements"):
        assert codes(make_document((section, "", "body", sentence))) == []
    for kind in ("heading", "title", "table", "caption", "reference", "footnote"):
        assert codes(make_document(("results", "", kind, sentence))) == []


def test_a_denied_topic_is_a_candidate_contradiction() -> None:
    assert codes(make_document(("results", "", "body", "Keluarga tidak bersemangat."))) == [("hope", "contradicts")]


def test_a_recommendation_contradicts_nothing() -> None:
    assert codes(make_document(("recommendation", "", "body", "Keluarga tidak bersemangat."))) == []


def test_the_name_of_the_programme_is_no_hope() -> None:
    assert codes(make_document(("results", "", "body", "Program Keluarga Harapan berjalan di desa itu."))) == []


def test_a_list_of_obstacles_carries_its_polarity() -> None:
    document = make_document(
        ("results", "Hasil", "body", "Kendala yang ditemui antara lain:"),
        ("results", "Hasil", "list", "1. modal usaha dan pasar;"),
        ("results", "Hasil", "body", "Modal itu dari arisan."),
    )
    assert codes(document) == [("money", "supports")]


def test_a_heading_of_obstacles_too() -> None:
    document = make_document(("results", "Faktor Penghambat", "body", "Pertama, soal modal usaha keluarga."))
    assert codes(document) == [("money", "supports")]


def test_a_heading_lends_weight_to_a_hint() -> None:
    words = "Ibu dan tamunya duduk di teras."
    assert codes(make_document(("results", "Lainnya", "body", words))) == []
    assert codes(make_document(("results", "Kunjungan Rumah", "body", words))) == [("visits", "supports")]


def test_whose_fatigue() -> None:
    assert "tired" in suggest_sentence("Pendamping lelah setelah semua laporan itu.", CODEBOOK, "id")
    assert "tired" not in suggest_sentence("Keluarga lelah setelah panen itu.", CODEBOOK, "id")


def test_other_languages_and_empty_texts_get_none() -> None:
    assert codes(make_document()) == []
    document = make_document(("results", "", "body", "Kulo sampun ngertos semangat panjenengan."))
    other = msgspec.structs.replace(document.sentences[0], language="other")
    assert suggest(msgspec.structs.replace(document, sentences=(other,)), CODEBOOK) == ()


def test_a_codebook_without_cues() -> None:
    bare = parse_codebook("format: 1\nthemes:\n  - {id: t, label: {id: a, en: b}}\n")
    assert codes(make_document(("results", "", "body", "Semangat tumbuh.")), bare) == []


def test_another_field_needs_no_change_of_code() -> None:
    learning = parse_codebook("""
format: 1
words: {device: [=gawai, =laptop, laptop, phone]}
themes:
  - id: online-learning
    label: {id: Belajar daring, en: Online learning}
    codes:
      - {id: no-device, label: {id: a, en: b}, cues: ['<device> [lacking]']}
      - {id: engagement, label: {id: a, en: b}, cues: ['(siswa|student) ..4 (antusias|engage) [present]']}
""")
    assert set(suggest_sentence("Sebagian siswa tidak memiliki laptop.", learning, "id")) == {"no-device"}
    assert set(suggest_sentence("The students were engaged throughout.", learning, "en")) == {"engagement"}
    assert suggest_sentence("The students were not engaged.", learning, "en") == {}


def test_the_same_input_gives_the_same_suggestions() -> None:
    document = make_document(("results", "", "body", "Semangat dan harapan keluarga tumbuh tanpa modal."))
    assert suggest(document, CODEBOOK) == suggest(document, CODEBOOK)


def test_what_an_informant_is_called_suggests_nothing() -> None:
    said = "“Kami mulai dari yang kecil saja.”"
    tags = (" (Sr, ibu penuh harapan, 34 tahun)", ",” tutur Sr (harapan desa, 34 tahun).")
    for words in (said + tags[0], said[:-2] + tags[1]):
        assert codes(make_document(("results", "Hasil", "body", words))) == []
        assert suggest_sentence(words, CODEBOOK) == {}
    assert codes(make_document(("results", "Hasil", "quote", "Kami mulai (Sr, ibu penuh harapan)."))) == []
    hopeful = make_document(("results", "Hasil", "body", "“Harapan kami mulai dari yang kecil.” (Sr, ibu, 34 tahun)"))
    (one,) = suggest(hopeful, CODEBOOK)
    assert (one.code, one.cue, hopeful.quote(one.start, one.end)[-14:]) == ("hope", "Harapan", "ibu, 34 tahun)")
