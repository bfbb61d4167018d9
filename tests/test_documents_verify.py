"""Law 5: a quotation stands on the page as another way of reading sees it, or the report fails."""

from __future__ import annotations

import pytest

from litreview.documents.verify import normalise, quotation_stands

PAGE = "Keluarga yang ikut meran-\ncang usahanya lebih siap\n1 Catatan kaki.\nmelepas bantuan daripada yang tidak.\n"
NEXT = "Pangestika\nmelepas bantuan dengan tenang. Ilmu yang me-\n"
LAST = "Jurnal Pranata 24\nnyisakan ruang kosong tetap informasi-informasi lama.\n"


@pytest.mark.parametrize(
    ("quote", "pages"),
    [
        ("Keluarga yang ikut merancang usahanya lebih siap", [PAGE]),
        ("Keluarga yang ikut merancang usahanya lebih siap melepas bantuan daripada yang tidak.", [PAGE]),
        ("lebih siap melepas bantuan dengan tenang.", [PAGE, NEXT]),
        ("Ilmu yang menyisakan ruang kosong tetap informasi-informasi lama.", [NEXT, LAST]),
        ("ﬁnal “kata”", ["the ﬁnal 'x'", 'final "kata"']),
    ],
)
def test_whole_and_in_parts_over_lines_footnotes_columns_and_pages(quote: str, pages: list[str]) -> None:
    assert quotation_stands(quote, pages)


@pytest.mark.parametrize(
    "quote",
    [
        "Keluarga yang tidak ikut merancang usahanya lebih siap",
        "Keluarga yang ikut merancang usahanya kurang siap",
        "Keluarga ikut merancang usahanya lebih siap",
        "luarga yang ikut merancang",
        "Keluarga yang ikut meran",
        "melepas bantuan daripada yang tidak. Keluarga yang kosong",
        "",
        "  ",
    ],
)
def test_a_word_changed_left_out_added_or_cut_does_not_stand(quote: str) -> None:
    assert not quotation_stands(quote, [PAGE])


def test_normalise_is_the_same_twice() -> None:
    for text in (PAGE, NEXT, LAST, "a\u00adb ﬀ – “x”"):
        assert normalise(normalise(text)) == normalise(text)
