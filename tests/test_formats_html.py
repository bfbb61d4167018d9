"""Web pages become documents: the article without what stands around it, metadata from its head."""

from __future__ import annotations

from pathlib import Path

from tests.plain_making import PROSE, document_of, everything, kinds_of, make_page, of_kind, status_of

ARTICLE = """
<h1>Leaving the programme with dignity</h1><p>Sri Wijaya and Budi Santoso</p>
<h2>Abstract</h2><p>This study describes how the families leave the programme in the district. We used a case study with
interviews. The results show that the facilitators help the families to plan.</p>
<h2>Results</h2><p>The facilit&shy;ators <em>visit</em> each week,<br>and the families save.</p>
<blockquote><p>“She came every week.”</p></blockquote>
<table><caption>Table 1. Families</caption><tr><th>Village</th><th>Families</th></tr>
<tr><td>Sari</td><td>7</td></tr></table>
<ul><li>First point</li><li>Second point</li></ul>
<h2>References</h2><ol><li>One, A. (2001). A book.</li><li>Two, B. (2002). Another.</li>
<li>Three, C. (2003). It.</li></ol>
"""
METAS = (
    ("citation_title", "Leaving the programme with dignity"), ("citation_author", "Wijaya, Sri"),
    ("citation_author", "Budi Santoso"), ("citation_publication_date", "2020/05/01"),
    ("citation_doi", "https://doi.org/10.5555/ABC.1"), ("citation_journal_title", "Journal of Social Work"),
)  # fmt: skip


def test_structure_and_kinds(tmp_path: Path) -> None:
    document = document_of(make_page(tmp_path / "a.html", ARTICLE))
    assert kinds_of(document) == {"": "front", "Abstract": "abstract", "Results": "results", "References": "references"}
    assert of_kind(document, "title") == ["Leaving the programme with dignity"]
    assert of_kind(document, "quote") == ["“She came every week.”"]
    assert of_kind(document, "caption") == ["Table 1. Families"]
    assert of_kind(document, "table") == ["Village Families Sari 7"]
    assert of_kind(document, "list") == ["First point", "Second point"]
    assert len(of_kind(document, "reference")) == 3
    assert "The facilitators visit each week, and the families save." in document.text
    assert (document.pages, document.metadata.language) == ((), "en")


def test_metadata_of_the_head_goes_first(tmp_path: Path) -> None:
    told = document_of(make_page(tmp_path / "a.html", ARTICLE, METAS)).metadata
    assert [author.value for author in told.authors] == ["Sri Wijaya", "Budi Santoso"]
    assert told.title is not None
    assert (told.title.value, told.title.start) == ("Leaving the programme with dignity", 0)
    assert told.year is not None
    assert told.doi is not None
    assert told.source is not None
    assert (told.year.value, told.doi.value) == ("2020", "10.5555/abc.1")
    assert told.source.value == "Journal of Social Work"


def test_what_stands_around_the_article_is_left_out(tmp_path: Path) -> None:
    around = (
        '<nav><a href="/">Home</a></nav><header>Site</header><div class="side sidebar">Popular</div>'
        "<div><a>One</a> <a>Two</a> <a>Three</a> <a>Four</a></div>"
        '<script>var x = "<p>no</p>"</script><style>p {}</style>'
        '<p style="display: none">hidden</p><form><p>Search</p></form><noscript>Enable it</noscript>'
    )
    path = make_page(tmp_path / "a.html", f"{around}<main>{ARTICLE}</main><footer>Imprint</footer>")
    plain = document_of(make_page(tmp_path / "b.html", ARTICLE))
    assert everything(document_of(path)) == everything(plain)


def test_the_article_stays_though_its_element_has_an_odd_name(tmp_path: Path) -> None:
    path = make_page(tmp_path / "a.html", f'<div class="share-page">{ARTICLE}</div>')
    assert "each week" in document_of(path).text


def test_nothing_is_loaded_and_no_entity_grows(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    (tmp_path / "a.xhtml").write_text(
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a0 "lol">{bomb}'
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>Before &a11; &x; after.</p></body></html>',
        encoding="utf-8",
    )
    text = document_of(tmp_path / "a.xhtml").text
    assert "do not read me" not in text
    assert len(text) < 3000
    assert "after." in text


def test_deep_nesting_is_borne_or_told(tmp_path: Path) -> None:
    inner = "<p>Inside all of them.</p>" + "<p>More text.</p>" * 3
    assert "More text." in document_of(make_page(tmp_path / "a.html", "<div>" * 1000 + inner)).text
    status, reason = status_of(make_page(tmp_path / "b.html", "<div>" * 50_000 + inner))
    assert status == "too-large"
    assert "too deep" in reason


def test_encodings(tmp_path: Path) -> None:
    page = "<html><head><meta charset='{}'></head><body><p>Café “déjà” naïve.</p></body></html>"
    for number, encoding in enumerate(("utf-8", "windows-1252", "utf-16", "iso-8859-1")):
        path = tmp_path / f"{number}.htm"
        path.write_bytes(page.format(encoding).encode("cp1252" if encoding == "iso-8859-1" else encoding))
        assert document_of(path).text == "Café “déjà” naïve."


def test_what_a_word_processor_has_saved_tells_headings_by_their_look(tmp_path: Path) -> None:
    document = document_of(make_page(
        tmp_path / "a.htm",
        '<p><font size="6" style="font-size: 26pt">Graduasi Keluarga di Tirtasari</font></p><p>Rina Kartikasari</p>'
        '<p class="MsoNormal"><b><span style="font-size:12.0pt">HASIL DAN PEMBAHASAN</span></b></p>'
        f'<p class="MsoNormal"><span style="font-size:12.0pt">{PROSE * 3}</span></p>'
        '<div id="ftn1"><p class="MsoFootnoteText">Catatan kaki.</p></div>',
    ))  # fmt: skip
    assert [p.kind for p in document.paragraphs] == ["title", "body", "heading", "body", "footnote"]
    assert [author.value for author in document.metadata.authors] == ["Rina Kartikasari"]
