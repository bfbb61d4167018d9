"""Where each text goes in the corpus, and in what state it is left there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A document of the corpus. `path` is a file, or a folder where each part is a file."""

    path: str
    role: str = "study"
    status: str = "ready"
    study: str = ""
    years: str = "met"
    full_results: str = "met"
    two_concepts: str = "met"


CATALOG: dict[str, Entry] = {
    "s1": Entry("articles/Pangestika 2019 – pendampingan Tirtasari.pdf"),
    "s2": Entry("articles/lebak_6_2_141_alkadrie.pdf", years="unclear"),
    "s3": Entry("articles/Kusumaratri_Luwihardjo_2021_Leaving_with_Dignity.pdf"),
    "s4": Entry("theses/SKRIPSI Laila Nur Wijiasih (lengkap).pdf"),
    "s4a": Entry("articles/214-Article Text-431-1-10-20210405.pdf", study="s4"),
    "s5": Entry("theses/Ratri Puspaningdyah Wulan"),
    "s6": Entry("articles/arspp.2020.7.2.145.pdf"),
    "s7": Entry("articles/Prabaswara dkk 2022.pdf"),
    "s8": Entry("articles/461-Naskah-1203-1-10-20230530.pdf"),
    "f1": Entry("articles/Kartipah 2016 peran pendamping.pdf", years="unmet"),
    "f2": Entry("articles/after-the-certificate.pdf", years="unmet"),
    "f3": Entry("articles/prosiding-abstrak-Deru-2021.pdf", full_results="unmet"),
    "f4": Entry("articles/Dédé Suryanata 2020 – kehadiran sekolah.pdf", two_concepts="unmet"),
    "f5": Entry("articles/Kinerja Pendamping PKH dan Graduasi Mandiri di Kabupaten Tegalarum.pdf", status="needs-ocr"),
    "f6": Entry(
        "articles/Patiwael Nuraisyah 2021 - Mentoring Poor Families out of Cash Transfers.pdf",
        status="needs-password",
    ),
    "f7": Entry("articles/10.5555_jeps.3.2.101.pdf", status="damaged"),
    "p1": Entry("background/pedoman-graduasi-tirtanegara-2021.pdf", role="policy"),
}

STUDIES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
MAIN_SETS = (
    ("s1", "s4", "s5", "s6", "s8"),
    ("s2", "s3", "s5", "s6", "s8"),
    ("s2", "s4", "s5", "s6", "s8"),
)
TARGETS = "background/graduation-targets.csv"
PASSWORD = "rahasia-contoh"


def study_of(key: str) -> str:
    """The study that a report tells about."""
    return CATALOG[key].study or key
