"""Files that would take gigabytes, or for ever, made when a test or a benchmark asks for them; none is stored."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

CATALOG, PAGES, PAGE, CONTENT, FONT = 1, 2, 3, 4, 5
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


def flate(data: bytes, times: int = 1, extra: bytes = b"") -> bytes:
    """A stream packed by Flate, once or more often."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]%s" % (b"/FlateDecode" * times, extra))


def repeated(block: bytes, times: int, before: bytes = b"") -> bytes:
    """A block many times over, packed once: a full flush makes what is packed independent of its place."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + first + again * times + packer.flush() + b"\0\0\0\0"  # the checksum is looked at last


def zeros(size: int, byte: bytes = b" ") -> bytes:
    """`size` equal bytes, packed without ever holding them all."""
    return repeated(byte * (1 << 20), size >> 20)


def write_pdf(path: Path, objects: dict[int, bytes]) -> Path:
    """A PDF of these objects' bodies, with a right table of them; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, at)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out)
    return path


def one_page(content: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842") -> dict[int, bytes]:
    """The objects of a PDF of one page; `content` is a whole stream."""
    return {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R>>",
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % (box, resources),
        CONTENT: content,
        FONT: _FONT,
    }


def words(number: int) -> bytes:
    """Operators that show a line of text, again and again."""
    return b"BT /F 11 Tf 72 700 Td " + b"(Pendamping datang) Tj 0 -1 Td " * number + b"ET"


def operators(path: Path) -> Path:
    """Sixty million operators on one page, in 200 kB."""
    packed = repeated(b"0 0 m 1 1 l S " * 65536, 300)
    return write_pdf(path, one_page(stream(packed, b"/Filter/FlateDecode")))


def text_operators(path: Path) -> Path:
    """Twenty million words on one page."""
    packed = repeated(b"(Pendamping datang) Tj 0 -1 Td " * 10_000, 1000, b"BT /F 11 Tf 72 700 Td ")
    return write_pdf(path, one_page(stream(packed, b"/Filter/FlateDecode")))


def doubling_forms(path: Path) -> Path:
    """Forms that each show the next one twice, forty deep."""
    objects = one_page(stream(b"/X0 Do"), b"/XObject<</X0 10 0 R>>")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    for depth in range(40):
        objects[10 + depth] = stream(b"/X Do /X Do", form % (11 + depth))
    objects[50] = stream(words(1), form % 5)
    return write_pdf(path, objects)


def own_form(path: Path) -> Path:
    """A form that shows itself."""
    objects = one_page(stream(b"/X0 Do"), b"/XObject<</X0 10 0 R>>")
    objects[10] = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return write_pdf(path, objects)


def inflating_stream(path: Path) -> Path:
    """A page whose content unpacks to six gigabytes of spaces."""
    return write_pdf(path, one_page(stream(zeros(6 << 30), b"/Filter/FlateDecode")))


def nested_filters(path: Path) -> Path:
    """A page whose content is packed twice, from eight gigabytes to some kilobytes."""
    return write_pdf(path, one_page(stream(zlib.compress(zeros(8 << 30), 9), b"/Filter[/FlateDecode/FlateDecode]")))


def many_filters(path: Path) -> Path:
    """A stream that asks for a hundred thousand filters."""
    return write_pdf(path, one_page(stream(b"x", b"/Filter[%s]" % (b"/ASCIIHexDecode" * 100_000))))


def announced_pages(path: Path) -> Path:
    """One page, and two thousand million announced."""
    objects = one_page(stream(words(1)))
    objects[PAGES] = b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"
    return write_pdf(path, objects)


def too_many_announced(path: Path) -> Path:
    """A count that no integer holds."""
    objects = one_page(stream(words(1)))
    objects[PAGES] = b"<</Type/Pages/Kids[3 0 R]/Count 99999999999999999999>>"
    return write_pdf(path, objects)


def looping_pages(path: Path) -> Path:
    """A tree of pages that contains itself."""
    objects = one_page(stream(words(1)))
    objects[PAGES] = b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 3000>>"
    objects[6] = b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 6 0 R]/Count 2999>>"
    return write_pdf(path, objects)


def doubling_pages(path: Path) -> Path:
    """A tree of pages each of whose nodes holds the next one twice: 2 to the power of 40 pages in 4 kB."""
    objects = one_page(stream(words(1)))
    for depth in range(40):
        objects[10 + depth] = b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count %d>>" % (
            11 + depth,
            11 + depth,
            2 ** (40 - depth),
        )
    objects[50] = objects[PAGE]
    objects[PAGES] = b"<</Type/Pages/Kids[10 0 R]/Count %d>>" % 2**40
    return write_pdf(path, objects)


def deep_pages(path: Path) -> Path:
    """A tree of pages deeper than any stack."""
    depth = 300_000
    objects = one_page(stream(words(1)))
    for at in range(depth):
        objects[10 + at] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (11 + at)
    objects[10 + depth] = objects[PAGE]
    objects[PAGES] = b"<</Type/Pages/Kids[10 0 R]/Count 1>>"
    return write_pdf(path, objects)


def huge_page(path: Path) -> Path:
    """A page of a thousand million points, with a line of text on it."""
    return write_pdf(path, one_page(stream(words(3)), box=b"0 0 1000000000 1000000000"))


def odd_page(path: Path) -> Path:
    """A page whose box is no box of numbers."""
    return write_pdf(path, one_page(stream(words(3)), box=b"-1e38 1e38 1e38 -1e38"))


def deep_arrays(path: Path) -> Path:
    """A million arrays inside each other."""
    objects = one_page(stream(words(1)))
    objects[CATALOG] = b"<</Type/Catalog/Pages 2 0 R/Names %s>>" % (b"[" * 1_000_000 + b"]" * 1_000_000)
    return write_pdf(path, objects)


def looping_objects(path: Path) -> Path:
    """A stream of objects that lies in itself, and a table that leads to itself."""
    packed = zlib.compress(b"1 0 2 40 <</Type/Catalog/Pages 2 0 R>>          <</Type/Pages/Kids[]/Count 0>>")
    body = stream(packed, b"/Type/ObjStm/N 2/First 8/Extends 9 0 R/Filter/FlateDecode")
    out = b"%PDF-1.7\n9 0 obj\n" + body + b"\nendobj\n"
    at = len(out)
    table = b"".join(bytes((2, 0, 9, number)) for number in range(10))
    out += (
        b"10 0 obj\n"
        + stream(table, b"/Type/XRef/W[1 2 1]/Index[0 10]/Size 11/Root 1 0 R/Prev %d" % at)
        + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    )
    path.write_bytes(out)
    return path


def huge_table(path: Path) -> Path:
    """A table of two thousand million objects, announced and not there."""
    out = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    at = len(out)
    out += (
        b"xref\n0 2000000000\n0000000000 65535 f \ntrailer<</Size 2000000000/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % at
    )
    path.write_bytes(out)
    return path


def monstrous_font(path: Path) -> Path:
    """A font whose map to Unicode has three million lines, each with many letters."""
    block = (
        b"100 beginbfrange\n"
        + b"".join(b"<%04X> <%04X> <%s>\n" % (i * 600, i * 600 + 599, b"0041" * 60) for i in range(100))
        + b"endbfrange\n"
    )
    head = b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    packed = repeated(block, 30_000, head)
    objects = one_page(stream(b"BT /F 11 Tf 72 700 Td <004100420043> Tj ET"))
    objects[FONT] = (b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts"
                     b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)"
                     b"/Supplement 0>>>>]>>")  # fmt: skip
    objects[6] = stream(packed, b"/Filter/FlateDecode")
    return write_pdf(path, objects)


def deep_trees(path: Path) -> Path:
    """An outline and page labels, each deeper than any stack and closing in itself."""
    depth = 100_000
    objects = one_page(stream(words(1)))
    objects[CATALOG] = b"<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R/PageLabels %d 0 R>>" % (20 + depth)
    for at in range(depth):
        objects[10 + at] = b"<</Title(a)/Parent %d 0 R/First %d 0 R/Last %d 0 R/Next %d 0 R/Count 1>>" % (
            9 + at, 11 + at, 11 + at, 11 + at)  # fmt: skip
        objects[20 + depth + at] = b"<</Limits[0 1]/Kids[%d 0 R]>>" % (21 + depth + at)
    objects[10 + depth] = b"<</Title(a)/Next 10 0 R>>"
    objects[20 + 2 * depth] = b"<</Kids[%d 0 R]>>" % (20 + depth)
    return write_pdf(path, objects)


def endless_states(path: Path) -> Path:
    """A hundred million states saved and never taken back."""
    packed = repeated(b"q " * 500_000, 200)
    return write_pdf(path, one_page(stream(packed, b"/Filter/FlateDecode")))


def large_picture(path: Path) -> Path:
    """A page that is a picture of 60,000 × 60,000 points, of which all are white."""
    objects = one_page(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject<</I 10 0 R>>")
    objects[10] = stream(zeros(60_000 * 60_000, b"\xff"),
                         b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray"
                         b"/BitsPerComponent 8/Filter/FlateDecode")  # fmt: skip
    return write_pdf(path, objects)


def jbig2_picture(path: Path) -> Path:
    """A page that is a picture packed by JBIG2, 2,000 million points on either side, in some bytes."""
    size = (2_000_000_000).to_bytes(4, "big")
    page = b"\0\0\0\0\x30\0\x01" + (19).to_bytes(4, "big") + size * 2 + bytes(11)
    objects = one_page(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject<</I 10 0 R>>")
    objects[10] = stream(page, b"/Type/XObject/Subtype/Image/Width 2000000000/Height 2000000000/ColorSpace/DeviceGray"
                               b"/BitsPerComponent 1/Filter/JBIG2Decode")  # fmt: skip
    return write_pdf(path, objects)


def many_pages(path: Path) -> Path:
    """A hundred thousand pages with a word each."""
    number = 100_000
    objects = one_page(stream(words(1)))
    kids = b" ".join(b"%d 0 R" % (10 + at) for at in range(number))
    objects[PAGES] = b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>" % (kids, number)
    for at in range(number):
        objects[10 + at] = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return write_pdf(path, objects)


def many_words(path: Path) -> Path:
    """Four thousand pages, each with ten thousand words."""
    number = 4000
    objects = one_page(flate(words(5000)))
    kids = b" ".join(b"%d 0 R" % (10 + at) for at in range(number))
    objects[PAGES] = b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>" % (kids, number)
    for at in range(number):
        objects[10 + at] = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return write_pdf(path, objects)


BOMBS: tuple[Callable[[Path], Path], ...] = (
    operators, text_operators, doubling_forms, own_form, inflating_stream, nested_filters, many_filters,
    announced_pages, too_many_announced, looping_pages, doubling_pages, deep_pages, huge_page, odd_page, deep_arrays,
    looping_objects, huge_table, monstrous_font, deep_trees, endless_states, large_picture, jbig2_picture, many_pages,
    many_words,
)  # fmt: skip


def make_bombs(folder: Path, which: Iterable[Callable[[Path], Path]] = BOMBS) -> dict[str, Path]:
    """Each bomb by its name, as a file of `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    return {bomb.__name__: bomb(folder / f"{bomb.__name__}.pdf") for bomb in which}
