"""A small export of each kind, of two records that are told alike."""

from __future__ import annotations

from collections.abc import Sequence

from litreview.records.model import Record
from litreview.records.write import write_records

RIS = """TY  - JOUR
AU  - Sari, Dewi
TI  - Belajar bersama
PY  - 2019/05//
N1  - RAYYAN-INCLUSION: {"Ani"=>"Included"} | USER-NOTES: {"Ani"=>["x"]}
ER  -

TY  - THES
TI  - Dua
ER  -
"""
BIBTEX = r"""@string{jc = "Jurnal"}
@article{a, author = {Sari, D. and {Tim and Mitra}}, title = "{B}elajar {\"o} \& $x$", year = 2019, journal = jc # { C}}
@phdthesis{b,
  title = {Dua},
  note = {ASReview_relevant}
}
"""
NBIB = """PMID- 101
TI  - Belajar bersama
      keluarga
FAU - Sari, Dewi
DP  - 2019 May
LID - 10.5555/abc [doi]

PMID- 102
TI  - Dua
"""
ISI = """FN ISI Export Format
VR 1.0
PT J
AU Sari, D
   Putra, B
TI Belajar
   bersama
PY 2019
ER

PT J
TI Dua
ER
EF
"""
ENW = "%0 Journal Article\n%A Sari, D.\n%T Belajar bersama\n%D 2019\n%K satu\ndua\n\n%0 Thesis\n%T Dua\n"
PUBMED_XML = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "f">]><PubmedArticleSet><PubmedArticle>
<MedlineCitation><PMID>101</PMID><Article><ArticleTitle>Belajar <i>bersama</i> &e;</ArticleTitle>
<AuthorList><Author><LastName>Sari</LastName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><Article><ArticleTitle>Dua</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"""
ENDNOTE_XML = """<xml><records><record><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style>Sari, D.</style></author></authors></contributors>
<titles><title>Belajar</title></titles><dates><year>2019</year></dates></record>
<record><titles><title>Dua</title></titles></record></records></xml>"""
CSL = """[{"type": "article-journal", "title": "Belajar", "author": [{"family": "Sari", "given": "D."}],
 "issued": {"date-parts": [[2019, 5]]}, "note": "RAYYAN-INCLUSION: {\\"A\\"=>\\"Maybe\\"}"},
 {"type": "thesis", "title": "Dua"}]"""
CSV = 'title;authors;year;notes\n"Belajar; bersama";Sari, D.;2019;"baris\nkedua"\nDua;;2020;\n'
POP = """Cites,Authors,Title,Year,Source,GSRank,QueryDate
3,"D Sari, AB Putra",Belajar …,2019,J,1,2024
0,,Dua,0,,2,2024
"""
WOS_TABLE = "PT\tAU\tTI\tSO\tPY\nJ\tSari, D; Putra, B\tBelajar\tJurnal\t2019\nJ\t\tDua\t\t\n"
TEXTS = {
    "ris": RIS, "bibtex": BIBTEX, "nbib": NBIB, "isi": ISI, "enw": ENW, "pubmed-xml": PUBMED_XML,
    "endnote-xml": ENDNOTE_XML, "csl-json": CSL, "csv": CSV, "pop-csv": POP, "wos-csv": WOS_TABLE,
}  # fmt: skip


def two_records() -> Sequence[Record]:
    """The records as values."""
    return (Record("r1", "", "", "article", "Belajar bersama", ("Sari, D.",), 2019), Record("r2", "", "", title="Dua"))


def every_kind() -> dict[str, bytes]:
    """An export of each kind as bytes, by the name of its format."""
    return {**{name: text.encode() for name, text in TEXTS.items()}, "xlsx": write_records(two_records(), [], "xlsx")}
