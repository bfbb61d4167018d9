"""PubMed's and EndNote's XML, and what hostile XML may not do."""

from __future__ import annotations

from pathlib import Path

from litreview.records.model import Export
from litreview.records.read import parse_export

PUBMED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">101</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1234-5678</ISSN>
<JournalIssue><Volume>3</Volume><Issue>2</Issue><PubDate><Year>2019</Year><Month>May</Month></PubDate></JournalIssue>
<Title>Jurnal Contoh</Title></Journal>
<ArticleTitle>Belajar <i>bersama</i> keluarga.</ArticleTitle><Pagination><MedlinePgn>10-19</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/ABC.1</ELocationID>
<Abstract><AbstractText Label="LATAR">Satu.</AbstractText><AbstractText Label="HASIL">Dua.</AbstractText></Abstract>
<AuthorList><Author><LastName>Sari</LastName><ForeName>Dewi</ForeName></Author>
<Author><CollectiveName>Tim Contoh</CollectiveName></Author></AuthorList>
<Language>ind</Language>
<PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType></PublicationTypeList>
</Article><KeywordList><Keyword>satu</Keyword><Keyword>dua</Keyword></KeywordList></MedlineCitation>
<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId></ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>102</PMID><Book><BookTitle>Buku</BookTitle><PubDate><Year>2020</Year></PubDate></Book>
<ArticleTitle>Bab satu</ArticleTitle></BookDocument></PubmedBookArticle>
</PubmedArticleSet>
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><database name="a.enl" path="C:\\Users\\x\\a.enl">a.enl</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Sari, Dewi</style></author>
<author>Putra, B.</author></authors></contributors>
<titles><title><style face="normal">Belajar </style><style face="italic">bersama</style></title>
<secondary-title>Jurnal Contoh</secondary-title></titles><dates><year>2019</year></dates><volume>3</volume>
<keywords><keyword>satu</keyword><keyword>dua</keyword></keywords><custom3>simpan</custom3></record>
<record><ref-type name="Thesis">32</ref-type><titles><title>Dua</title></titles></record>
</records></xml>
"""


def read(text: str | bytes) -> Export:
    export = parse_export(text if isinstance(text, bytes) else text.encode(), "a.xml", "")
    assert export is not None
    assert export.entries == len(export.records) + export.lost
    return export


def test_pubmed_xml() -> None:
    export = read(PUBMED)
    first, second = export.records
    assert (export.format, export.notices) == ("pubmed-xml", ())
    assert first.title == "Belajar bersama keluarga."
    assert first.authors == ("Sari, Dewi", "Tim Contoh")
    assert (first.year, first.venue, first.volume, first.issue) == (2019, "Jurnal Contoh", "3", "2")
    assert (first.pages, first.doi, first.abstract) == ("10-19", "10.5555/abc.1", "LATAR: Satu. HASIL: Dua.")
    assert (first.keywords, first.language, first.kind) == (("satu", "dua"), "ind", "Journal Article")
    assert first.extra["MedlineCitation/PMID"] == ["101"]
    assert first.extra["MedlineCitation/Article/Journal/ISSN"] == ["1234-5678"]
    assert (second.title, second.venue, second.year) == ("Bab satu", "Buku", 2020)


def test_endnote_xml() -> None:
    export = read(ENDNOTE)
    first, second = export.records
    assert (export.format, second.title, second.kind) == ("endnote-xml", "Dua", "Thesis")
    assert (first.title, first.authors) == ("Belajar bersama", ("Sari, Dewi", "Putra, B."))
    assert (first.venue, first.year, first.keywords) == ("Jurnal Contoh", 2019, ("satu", "dua"))
    assert first.extra["custom3"] == ["simpan"]
    assert not any("path" in key for key in first.extra)


def test_a_file_cut_off_keeps_what_is_whole_and_tells() -> None:
    for text in (PUBMED, ENDNOTE):
        export = read(text[: int(len(text) * 0.95)])
        assert export.records[0].authors[0] == "Sari, Dewi"
        assert "is broken in line" in str(export.notices[0])


def test_a_record_that_the_broken_file_hides_is_counted() -> None:
    export = read(ENDNOTE.replace("<record><ref-type", "<!-- <record><ref-type", 1))
    assert export.lost == 1
    assert "1 records of the file could not be read" in " ".join(map(str, export.notices))


def test_the_encoding_that_a_file_declares_is_believed() -> None:
    text = ENDNOTE.replace("UTF-8", "ISO-8859-2").replace("Sari, Dewi", "Łukasiewicz, J.")
    assert read(text.encode("iso-8859-2")).records[0].authors[0] == "Łukasiewicz, J."


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("rahasia")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE xml [<!ENTITY a0 "ha"><!ENTITY s SYSTEM "{(tmp_path / "secret").as_uri()}">{bomb}]>'
    text = ENDNOTE.replace("?><xml>", f"?>{head}<xml>").replace(">Dua<", ">Dua &a11; &s;<")
    export = read(text)
    assert "rahasia" not in str(export.records)
    assert len(str(export.records)) < 5_000


def test_other_xml_is_no_export() -> None:
    for text in ("<html><body><record/></body></html>", "<records><record><id>1</id></record></records>", "<", "<xml>"):
        assert parse_export(text.encode(), "a.xml", "") is None
