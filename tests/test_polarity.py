"""Polarity and assertion: the traps of Indonesian negation, hand-worked."""

from __future__ import annotations

import pytest

from litreview.coding.codebook import parse_codebook
from litreview.coding.model import Codebook
from litreview.coding.reading import Surroundings
from litreview.coding.suggest import hits_of_sentence
from litreview.language.assertion import assertion_of

CODEBOOK = """
format: 1
words: {family: [=keluarga, =ibu], facilitator: [=pendamping]}
themes:
  - id: strengths
    label: {id: a, en: b}
    asks: present
    codes: [{id: hope, label: {id: a, en: b}, cues: [semangat, motivation]},
            {id: will, label: {id: a, en: b}, cues: ['tekad [weak]', 'niat [weak]', 'ikhtiar [hint]']}]
  - id: barriers
    label: {id: a, en: b}
    codes:
      - {id: workload, label: {id: a, en: b}, cues: [beban kerja ..2 (berat|tinggi), 'beban kerja ..5 ideal [denies]']}
      - {id: money, label: {id: a, en: b}, cues: ['modal [lacking]', 'capital [lacking]']}
"""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return parse_codebook(CODEBOOK)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Semangat keluarga tumbuh.", {"hope": "supports"}),
        ("Keluarga tidak bersemangat.", {"hope": "contradicts"}),
        ("Keluarga belum menunjukkan semangat.", {"hope": "contradicts"}),
        ("Semangat keluarga masih rendah.", {"hope": "contradicts"}),
        ("Semangat keluarga menurun.", {"hope": "contradicts"}),
        ("Kurangnya semangat keluarga terlihat jelas.", {"hope": "contradicts"}),
        ("Keluarga tidak hanya bersemangat tetapi juga tekun.", {"hope": "supports"}),
        ("Kurang lebih begitu semangat mereka.", {"hope": "supports"}),
        ("Keluarga tidak kurang semangat.", {"hope": "supports"}),
        ("Pendamping tidak pernah bosan menyemangati ibu.", {"hope": "supports"}),
        ("Modal tidak ada, namun semangat keluarga tinggi.", {"hope": "supports", "money": "supports"}),
        ("Meskipun tidak punya modal, keluarga tetap bersemangat.", {"hope": "supports", "money": "supports"}),
        ("Mustahil keluarga lulus tanpa semangat.", {"hope": "supports"}),
        ("Beban kerja berat dirasakan pendamping.", {"workload": "supports"}),
        ("Beban kerja tidak berat.", {"workload": "contradicts"}),
        ("Beban kerja pendamping sudah ideal.", {"workload": "contradicts"}),
        ("Beban kerja pendamping belum ideal.", {"workload": "supports"}),
        ("Beban kerja tinggi kini berkurang.", {"workload": "contradicts"}),
        ("Modal usaha terbatas.", {"money": "supports"}),
        ("Modal usaha sudah memadai.", {"money": "contradicts"}),
        ("Modal usaha tidak memadai.", {"money": "supports"}),
        ("Modal usaha diterima bulan Mei.", {}),
        ("Kendala yang ditemui adalah modal dan jarak.", {"money": "supports"}),
        ("Modal menjadi kendala utama.", {"money": "supports"}),
        ("There was little motivation among them.", {"hope": "contradicts"}),
        ("They did not lack motivation.", {"hope": "supports"}),
        ("Without capital nothing could be sold.", {"money": "supports"}),
    ],
)
def test_stance(codebook: Codebook, sentence: str, expected: dict[str, str]) -> None:
    language = "en" if sentence.split()[0] in ("There", "They", "Without") else "id"
    assert {hit.code: hit.stance for hit in hits_of_sentence(sentence, language, codebook)} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Penelitian ini bertujuan untuk mengetahui semangat keluarga.",
        "Program ini bertujuan menumbuhkan semangat keluarga.",
        "Apakah keluarga bersemangat?",
        "Triangulasi dipakai untuk memeriksa jawaban tentang semangat keluarga.",
        "Keluarga diharapkan bersemangat.",
        "Jika keluarga bersemangat, usahanya berkembang.",
        "Kata kunci: semangat; keluarga",
    ],
)
def test_what_is_not_asserted_gets_nothing(codebook: Codebook, sentence: str) -> None:
    assert hits_of_sentence(sentence, "id", codebook) == []


def test_headings_of_obstacles_carry_over_lists(codebook: Codebook) -> None:
    under = Surroundings(listing="bad")
    assert [hit.stance for hit in hits_of_sentence("Modal usaha.", "id", codebook, under)] == ["supports"]
    assert hits_of_sentence("Semangat keluarga.", "id", codebook, under) == []


def test_an_informants_kalau_tells_of_a_habit() -> None:
    assert assertion_of("Kalau ada panen saya absen.", spoken=True).kind == "asserted"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Seandainya modal tersedia, barangkali semangat keluarga tumbuh.", "unreal"),
        ("If capital were lent, families might find hope.", "unreal"),
        ("Graduasi alamiah ialah berakhirnya kepesertaan keluarga.", "definition"),
        ("Menurut buku pedoman, pendamping memotivasi keluarga.", "rule"),
        ("Pasal 12 mengatur pertemuan kelompok.", "rule"),
        ("The first hypothesis, that hope is related to exit, was tested.", "about-writing"),
        ("Previous work has dealt mostly with capital.", "about-writing"),
        ("Menurut penulis, modal terbatas karena kemarau.", "asserted"),
        ("Modal yang cukup berarti bagi keluarga.", "asserted"),
    ],
)
def test_sentences_that_suppose_define_or_rule_assert_nothing(sentence: str, kind: str) -> None:
    assert assertion_of(sentence, spoken=False).kind == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Tidak ditemukan adanya beban kerja berat di kecamatan ini.",
        "Beban kerja berat, yang dikeluhkan di tempat lain, tidak menjadi kendala.",
    ],
)
def test_a_topic_found_absent_is_a_candidate_contradiction(sentence: str, codebook: Codebook) -> None:
    hits = {hit.code: hit.stance for hit in hits_of_sentence(sentence, "id", codebook, Surroundings())}
    assert hits == {"workload": "contradicts"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Semangat itu tidak harus berupa ucapan.",  # need not
        "Keluarga bersemangat, sebab keputusan jarang diambil sendiri.",  # the denial stands in another clause
        "Semangat keluarga yang tumbuh sejak pertemuan kelompok pertama itu tidak reda.",  # far from the cue
        "Semangat diwariskan turun-temurun.",
        "Semangat keluarga naik turunnya dicatat.",
    ],
)
def test_a_denial_elsewhere_or_not_in_earnest_contradicts_nothing(sentence: str, codebook: Codebook) -> None:
    hits = hits_of_sentence(sentence, "id", codebook, Surroundings())
    assert "contradicts" not in {hit.stance for hit in hits if hit.code == "hope"}


def test_weak_cues_suggest_but_never_contradict(codebook: Codebook) -> None:
    said = {hit.code: hit.stance for hit in hits_of_sentence("Tekad dan niat tumbuh.", "id", codebook, Surroundings())}
    assert said == {"will": "supports"}
    assert hits_of_sentence("Tidak ada tekad dan niat.", "id", codebook, Surroundings()) == []
