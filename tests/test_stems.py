"""Light stems: a family of forms has one key, look-alikes keep apart."""

from __future__ import annotations

import pytest

from litreview.language.stems import form, stem
from litreview.language.tokens import find_words

FAMILIES = [
    "semangat menyemangati disemangati semangatnya penyemangat bersemangat",
    "ikut mengikuti diikuti keikutsertaan",
    "latih pelatihan melatih dilatih terlatih berlatih",
    "kurang mengurangi berkurang kekurangan dikurangi",
    "tumbuh menumbuhkan ditumbuhkan pertumbuhan tumbuhnya",
    "pendamping pendampingan mendampingi didampingi",
    "sedia menyediakan disediakan tersedia ketersediaan penyediaan",
    "kunjung kunjungan mengunjungi dikunjungi berkunjung",
    "mutakhir pemutakhiran memutakhirkan dimutakhirkan",
    "kerja bekerja pekerjaan",
    "tanya bertanya menanyakan ditanya pertanyaan",
    "putus memutuskan keputusan diputuskan",
    "motivasi memotivasi termotivasi",
    "libat melibatkan dilibatkan keterlibatan terlibat pelibatan",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_one_key(family: str) -> None:
    assert len({stem(word, "id") for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("beri", "ikan"), ("masalah", "masa"), ("sekolah", "seko")])
def test_roots_are_not_over_cut(one: str, other: str) -> None:
    assert stem(one, "id") != stem(other, "id")
    assert stem("berikan", "id") != stem("ikan", "id")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Semangatnya", "semangat"), ("ibu-ibu", "ibu"), ("anak-anaknya", "anak"), ("sekolah", "sekolah"),
     ("buku", "buku"), ("jumlah", "jumlah"), ("bertanya", "bertanya"), ("ilmu", "ilmu"), ("", "")],
)  # fmt: skip
def test_forms_lose_clitics_only(word: str, expected: str) -> None:
    assert form(word) == expected


def test_english() -> None:
    assert stem("families", "en") == stem("family", "en")


def test_words_keep_offsets_and_breaks() -> None:
    text = "Modal, alat; P2K2 3.145 isn't ibu-ibu."
    words = find_words(text)
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == list(words.texts)
    assert words.texts == ("Modal", "alat", "P2K2", "3.145", "isn't", "ibu-ibu")
    assert words.breaks == (0, 1, 2, 0, 0, 0)


def test_no_words() -> None:
    assert find_words(" … ").texts == ()
