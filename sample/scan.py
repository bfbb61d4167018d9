"""Turn a typeset PDF into what a flatbed scanner leaves: one-bit pages with specks and no text."""

from __future__ import annotations

import random
from typing import Any

import pymupdf

from sample.article import SYNTHETIC

DPI = 110
ENGINE: Any = pymupdf


def page_bits(page: Any, rng: random.Random) -> tuple[int, int, bytes]:
    """Width, height and rows of one bit a pixel (1 = white), a little askew and specked."""
    turn = ENGINE.Matrix(DPI / 72, DPI / 72).prerotate(0.4)
    pixmap = page.get_pixmap(matrix=turn, colorspace=ENGINE.csGRAY, alpha=False, clip=page.rect)
    width, height = pixmap.width, pixmap.height
    pixels = bytearray(pixmap.samples)
    for _ in range(width * height // 900):
        pixels[rng.randrange(width * height)] = rng.choice((0, 255, 255))
    rows = bytearray()
    for y in range(height):
        row = pixels[y * width : (y + 1) * width]
        for x in range(0, width, 8):
            bits = [value > 150 + rng.randrange(24) for value in row[x : x + 8]]
            rows.append(sum(bit << (7 - shift) for shift, bit in enumerate(bits)))
    return width, height, bytes(rows)


def run_length(data: bytes) -> bytes:
    """Encode for the filter RunLengthDecode (PDF 32000-1, 7.4.5); no library enters the bytes."""
    out, position = bytearray(), 0
    while position < len(data):
        run = 1
        while run < 128 and position + run < len(data) and data[position + run] == data[position]:
            run += 1
        if run > 2:
            out += bytes((257 - run, data[position]))
            position += run
            continue
        start = position
        while position < len(data) and position - start < 128:
            if data[position : position + 3] == data[position : position + 1] * 3:
                break
            position += 1
        out += bytes((position - start - 1,)) + data[start:position]
    return bytes(out) + b"\x80"


def escape(text: str) -> bytes:
    """A PDF string in UTF-16, as hexadecimal digits."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def image_objects(number: int, size: tuple[float, float], bits: tuple[int, int, bytes]) -> list[bytes]:
    """A page, its content and its image, as objects `number` and the two after."""
    width, height, rows = bits
    data = run_length(rows)
    content = f"q {size[0]:.1f} 0 0 {size[1]:.1f} 0 0 cm /Im Do Q".encode()
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]:.1f} {size[1]:.1f}] "
        f"/Resources << /XObject << /Im {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>"
    ).encode()
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 1 /Filter /RunLengthDecode /Length {len(data)} >>"
    ).encode()
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return [page, stream, head + b"\nstream\n" + data + b"\nendstream"]


def assemble(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, the first the catalogue, the last the information."""
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + trailer % (len(objects) + 1, len(objects), table))


def scan(data: bytes, title: str, author: str, seed: int = 5) -> bytes:
    """Give the scanned twin of a PDF; the footer survives as picture, the metadata as text."""
    rng = random.Random(seed)
    with ENGINE.open(stream=data, filetype="pdf") as document:
        pages = [((page.rect.width, page.rect.height), page_bits(page, rng)) for page in document]
    kids = " ".join(f"{3 + 3 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for index, (size, bits) in enumerate(pages):
        objects += image_objects(3 + 3 * index, size, bits)
    info = b"<< /Title %s /Author %s /Subject %s /Keywords %s /Producer (sample.build) >>"
    return assemble([*objects, info % (*map(escape, (title, author, SYNTHETIC)), b"(synthetic sample)")])
