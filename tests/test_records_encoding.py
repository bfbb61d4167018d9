from __future__ import annotations

from litreview.records.encoding import raw_of


def test_unicode_is_read_without_a_word() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        raw = raw_of("Müller – 名".encode(encoding))
        assert (raw.text, raw.notices) == ("Müller – 名", ())


def test_a_western_file_is_told() -> None:
    raw = raw_of("Müller “kutipan”".encode("cp1252"))
    assert raw.text == "Müller “kutipan”"
    assert "Windows-1252" in str(raw.notices[0])
    assert "Latin-1" in str(raw_of(b"M\xfcller \x81").notices[0])


def test_a_few_wrong_bytes_do_not_spoil_a_unicode_file() -> None:
    raw = raw_of("éééé\nàààà\n".encode() + b"M\xfcller\n")
    assert raw.text == "éééé\nàààà\nMüller\n"
    assert "1 bytes are not UTF-8, the first in line 3" in str(raw.notices[0])


def test_a_cut_character_is_told() -> None:
    assert "1 signs" in str(raw_of("ab".encode("utf-16")[:-1]).notices[0])


def test_what_is_no_text_has_none() -> None:
    assert raw_of(b"PK\x03\x04\x00\x00").text == raw_of(b"%PDF-1.7").text == raw_of(b"").text == ""


def test_line_ends_of_every_system() -> None:
    assert raw_of("a\r\nb\rc\nd\u2028e".encode()).text == "a\nb\nc\nd\u2028e"
