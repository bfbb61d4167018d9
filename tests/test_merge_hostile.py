"""What a stranger may send: refused as a whole with a clear reason, and nothing of it is written."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from litreview.errors import LedgerError, UsageError
from litreview.exchange import raw_lines, sources
from litreview.exchange.raw_lines import read_lines
from litreview.ledger import read_ledger
from litreview.review import Review
from tests.review_making import decision, files_in, make_review, put

LINE = b'{"id":"x1","at":"2024","person":"budi","device":"hp","kind":"memo","body":{"text":"a"},"format":1}\n'


@pytest.fixture
def mine(tmp_path: Path) -> Review:
    review = make_review(tmp_path / "outer" / "mine")
    put(review, decision())
    return review


def make_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], stored: bool = False) -> Path:
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", kind, compresslevel=9) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=kind)
    return path


def member(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system = 3
    made.external_attr = mode << 16
    return made


def written(mine: Review) -> dict[str, bytes]:
    """Everything in and around a review, but for its cache."""
    return {name: content for name, content in files_in(mine.root.parent).items() if "/.litreview/" not in name}


def refused(mine: Review, path: Path, why: str, error: type[Exception] = LedgerError) -> None:
    before = written(mine)
    with pytest.raises(error, match=why):
        mine.merge([path])
    assert written(mine) == before


@pytest.mark.parametrize(
    "name",
    ["../evil.jsonl", "judgments/../../evil.jsonl", "/evil.jsonl", "C:/evil.jsonl", "c:evil.jsonl", "..\\evil.jsonl",
     "judgments\\..\\..\\evil.jsonl", "\\\\server\\evil.jsonl"],
)  # fmt: skip
def test_a_zip_that_names_places_outside_itself_is_refused(mine: Review, tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path / "p.zip", ("judgments/budi/hp.jsonl", LINE), (name, LINE))
    refused(mine, path, "names a place outside itself")


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o644, stat.S_IFCHR | 0o644])
def test_a_zip_with_a_link_or_a_device_is_refused(mine: Review, tmp_path: Path, mode: int) -> None:
    path = make_zip(tmp_path / "p.zip", ("a.jsonl", LINE), (member("judgments/b.jsonl", mode), b"/etc/passwd"))
    refused(mine, path, "holds a link or a device")


def test_a_bomb_is_refused_before_it_is_unpacked(mine: Review, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", ("judgments/budi/hp.jsonl", LINE * 10 + b" " * 40_000_000))
    assert path.stat().st_size < 100_000
    refused(mine, path, "times its size")


def test_too_much_in_all_is_refused(mine: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 1_000)
    path = make_zip(tmp_path / "p.zip", *((f"{n}.jsonl", LINE) for n in range(20)))
    refused(mine, path, "in 20 files")
    monkeypatch.undo()
    monkeypatch.setattr(sources, "MOST_PARTS", 10)
    refused(mine, path, "in 20 files")


def test_what_lies_beside_the_judgments_in_a_zipped_review_is_not_weighed(
    mine: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 1_000)
    path = make_zip(tmp_path / "p.zip", ("r/corpus/a.pdf", os.urandom(5_000)), ("r/judgments/budi/hp.jsonl", LINE))
    assert mine.merge([path]).new_judgments == 1


def test_a_zip_with_a_password_is_told(mine: Review, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", ("judgments/budi/hp.jsonl", LINE), stored=True)
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in the member's own head, and in the list at the end
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    refused(mine, path, "asks for a password")


@pytest.mark.parametrize("cut", [30, 100, -30])
def test_a_zip_that_was_not_copied_completely_is_told(mine: Review, tmp_path: Path, cut: int) -> None:
    path = make_zip(tmp_path / "p.zip", ("judgments/budi/hp.jsonl", LINE * 5))
    path.write_bytes(path.read_bytes()[:cut])
    refused(mine, path, "damaged or was not copied completely")


def test_a_zip_with_a_changed_byte_is_told(mine: Review, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", ("judgments/budi/hp.jsonl", LINE * 5), stored=True)
    content = bytearray(path.read_bytes())
    content[content.index(b'"memo"') + 2] ^= 1
    path.write_bytes(bytes(content))
    refused(mine, path, "damaged or was not copied completely")


def test_names_in_a_zip_and_in_lines_lead_nowhere(mine: Review, tmp_path: Path) -> None:
    line = LINE.replace(b'"budi"', b'"../../budi"').replace(b'"hp"', b'"/etc/x"')
    before = set(written(mine))
    mine.merge([make_zip(tmp_path / "p.zip", ("xy: b?.jsonl", line), ("versions/x:y", b"v"), ("versions/con", b"v"))])
    assert set(written(mine)) - before == {
        "mine/judgments/-..-budi/-etc-x.jsonl", "mine/judgments/versions/_con", "mine/judgments/versions/x-y",
    }  # fmt: skip
    assert "x1" in {judgment.id for judgment in read_ledger(mine.judgments).judgments}


def test_a_gzip_bomb_among_the_texts_costs_itself(
    mine: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from litreview.documents import frozen

    monkeypatch.setattr(frozen, "MOST_BYTES", 100_000)
    bomb = gzip.compress(bytes(10_000_000), 9)
    path = make_zip(tmp_path / "p.zip", ("texts/a.json.gz", bomb), ("budi/hp.jsonl", LINE), stored=True)
    merged = mine.merge([path])
    assert (merged.new_judgments, merged.new_texts) == (1, 0)
    assert "damaged" in str(merged.notices[0])


def test_an_enormous_line_is_damaged_and_the_next_ones_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_lines, "MOST_LINE_BYTES", 1_000)
    long = b'{"id":"' + b"x" * 5_000 + b'"}\n'
    found = [(n, line.id if line else None) for n, line in read_lines(io.BytesIO(LINE + long + LINE + long[:-1]))]
    assert found == [(1, "x1"), (2, None), (3, "x1"), (4, None)]


def test_deep_nesting_and_odd_values_are_damaged_lines() -> None:
    deep = b"[" * 100_000
    odd = [deep, b'{"id":"a","person":"b","device":"c","kind":"d","body":' + deep, b"null", b"7", b'"\\ud800"', b"\x00",
           b'{"id":1,"person":"a","device":"b","kind":"c"}', b'{"id":"","person":"a"}']  # fmt: skip
    assert [line for _, line in read_lines(io.BytesIO(b"\n".join(odd)))] == [None] * len(odd)


def test_an_enormous_file_is_told(mine: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.jsonl"
    path.write_bytes(LINE * 20)
    monkeypatch.setattr("litreview.exchange.merge.MOST_BYTES", 1_000)
    refused(mine, path, "larger than")
    monkeypatch.setattr(sources, "MOST_PART_BYTES", 10)
    refused(mine, make_zip(tmp_path / "p.zip", ("texts/a.json.gz", gzip.compress(os.urandom(99)))), "larger than")


@pytest.mark.skipif(os.name != "posix", reason="links are not everyone's on Windows")
def test_links_and_pipes_in_a_folder_are_passed_over(mine: Review, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    secret = tmp_path / "secret.jsonl"
    secret.write_bytes(LINE.replace(b'"x1"', b'"secret"'))
    (folder / "link.jsonl").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "own.jsonl").write_bytes(LINE)
    assert mine.merge([folder]).new_judgments == 1


def test_what_is_not_there_is_told(mine: Review, tmp_path: Path) -> None:
    refused(mine, tmp_path / "none.zip", "no such file or folder", UsageError)


def test_a_zip_in_a_zip_is_not_opened(mine: Review, tmp_path: Path) -> None:
    inner = make_zip(tmp_path / "inner.zip", ("judgments/budi/hp.jsonl", LINE))
    refused(mine, make_zip(tmp_path / "p.zip", ("inner.zip", inner.read_bytes())), "no judgments in it", UsageError)


def test_sources_before_a_refused_one_stand(mine: Review, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_bytes(LINE)
    bad = make_zip(tmp_path / "p.zip", ("../a.jsonl", LINE))
    with pytest.raises(LedgerError):
        mine.merge([good, bad])
    assert "x1" in {judgment.id for judgment in read_ledger(mine.judgments).judgments}
    shutil.rmtree(tmp_path / "outer")
