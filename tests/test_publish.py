"""Outputs are put in place whole, and never over what a person edited or has open (laws 6 and 7)."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litreview import files
from litreview.errors import OutputError, message
from litreview.report import publish as module
from litreview.report.publish import Published, beside, outputs_stand, publish, read_manifest

FIRST = {"report.html": b"<p>1", "report.docx": b"docx 1", "tables/flow.csv": b"a,b\n"}
SECOND = {"report.html": b"<p>2", "report.docx": b"docx 2", "tables/flow.csv": b"a,b\n"}


class Desk:
    """A review's folder of outputs, and publishing into it."""

    def __init__(self, root: Path) -> None:
        self.outputs, self.work = root / "outputs", root / ".litreview"

    def publish(self, rendered: dict[str, bytes]) -> Published:
        return publish(self.outputs, self.work, rendered.items(), {"litreview": "0"})

    def files(self) -> dict[str, bytes]:
        """Every file but the manifest."""
        files = {p.relative_to(self.outputs).as_posix(): p for p in sorted(self.outputs.rglob("*")) if p.is_file()}
        return {name: p.read_bytes() for name, p in files.items() if name != "manifest.json"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.publish(FIRST)
    return desk


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of files that another program holds open: none can take their place, as on Windows."""
    names: set[str] = set()
    real = Path.replace

    def replace(source: Path, target: Path) -> Path:
        if Path(target).name in names:
            raise PermissionError(13, "in use", str(target))
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    return names


def test_outputs_and_a_manifest_are_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert not outputs_stand(desk.outputs)
    assert desk.publish(FIRST) == Published(written=tuple(FIRST))
    assert desk.files() == FIRST
    assert sorted(read_manifest(desk.outputs)) == sorted(FIRST)
    assert outputs_stand(desk.outputs)
    assert not list(desk.work.iterdir())


def test_publishing_the_same_again_touches_nothing(desk: Desk) -> None:
    before = {p: p.stat().st_mtime_ns for p in desk.outputs.rglob("*") if p.is_file()}
    assert desk.publish(FIRST) == Published(unchanged=tuple(FIRST))
    assert {p: p.stat().st_mtime_ns for p in desk.outputs.rglob("*") if p.is_file()} == before


def test_only_what_changed_is_written(desk: Desk) -> None:
    done = desk.publish(SECOND)
    assert (done.written, done.unchanged) == (("report.html", "report.docx"), ("tables/flow.csv",))
    assert desk.files() == SECOND


def test_an_edited_output_stays_and_the_new_one_stands_beside(desk: Desk) -> None:
    edited = desk.outputs / "report.docx"
    edited.write_bytes(b"my words")
    assert not outputs_stand(desk.outputs)
    assert desk.publish(SECOND).beside == (("report.docx", "report.new.docx"),)
    assert desk.files() == {**SECOND, "report.docx": b"my words", "report.new.docx": b"docx 2"}
    assert outputs_stand(desk.outputs)
    stamp = beside(edited).stat().st_mtime_ns
    assert desk.publish(SECOND).beside == (("report.docx", "report.new.docx"),)
    assert beside(edited).stat().st_mtime_ns == stamp
    desk.publish({**SECOND, "report.docx": b"docx 3"})
    assert beside(edited).read_bytes() == b"docx 3"


def test_the_copy_beside_may_be_edited_too(desk: Desk) -> None:
    (desk.outputs / "report.docx").write_bytes(b"my words")
    desk.publish(SECOND)
    (desk.outputs / "report.new.docx").write_bytes(b"more of my words")
    done = desk.publish({**SECOND, "report.docx": b"docx 3"})
    assert done.beside == (("report.docx", "report.new-2.docx"),)
    assert (desk.outputs / "report.new.docx").read_bytes() == b"more of my words"
    assert outputs_stand(desk.outputs)


def test_when_every_place_is_taken_it_is_said(desk: Desk) -> None:
    taken = [desk.outputs / "report.docx", *(beside(desk.outputs / "report.docx", n) for n in module.PLACES_BESIDE)]
    for number, path in enumerate(taken):
        path.write_bytes(b"mine %d" % number)
    with pytest.raises(OutputError, match="every copy beside it"):
        desk.publish(SECOND)
    assert [path.read_bytes() for path in taken] == [b"mine %d" % n for n in range(len(taken))]


def test_the_copy_beside_goes_when_the_edited_one_is_taken_away(desk: Desk) -> None:
    (desk.outputs / "report.docx").write_bytes(b"my words")
    desk.publish(SECOND)
    (desk.outputs / "report.docx").rename(desk.outputs / "mine.docx")
    assert not outputs_stand(desk.outputs)
    assert desk.publish(SECOND).written == ("report.docx",)
    assert desk.files() == {**SECOND, "mine.docx": b"my words"}


def test_an_output_open_in_word_is_left_and_the_new_one_stands_beside(desk: Desk, locked: set[str]) -> None:
    locked.add("report.docx")
    done = desk.publish(SECOND)
    assert done.beside == (("report.docx", "report.new.docx"),)
    assert desk.files() == {**SECOND, "report.docx": b"docx 1", "report.new.docx": b"docx 2"}
    locked.clear()
    (desk.outputs / "report.docx").unlink()
    desk.publish(SECOND)
    assert desk.files() == SECOND


def test_an_output_that_nobody_may_read_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:

    def hash_file(path: Path) -> str:
        if path.name == "report.docx":
            raise PermissionError(13, "in use")
        return files.hash_file(path)

    monkeypatch.setattr(module, "hash_file", hash_file)
    assert desk.publish(SECOND).beside == (("report.docx", "report.new.docx"),)


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OutputError(message("no"))])
def test_an_interrupt_while_rendering_leaves_everything(desk: Desk, stop: BaseException) -> None:
    def rendering() -> Iterator[tuple[str, bytes]]:
        yield "report.html", b"<p>2"
        raise stop

    with pytest.raises(type(stop)):
        publish(desk.outputs, desk.work, rendering(), {})
    assert desk.files() == FIRST
    assert outputs_stand(desk.outputs)
    assert not list(desk.work.iterdir())


def at_move(monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[], None]) -> None:
    """Do something just before the n-th file is moved into its place."""
    real, moves = Path.replace, iter(range(1, 1000))

    def replace(source: Path, target: Path) -> Path:
        if "outputs" in Path(target).parts and next(moves) == number:
            act()
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_an_interrupt_while_files_are_put_in_place_waits_until_all_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_move(monkeypatch, 1, lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        desk.publish(SECOND)
    assert desk.files() == SECOND
    assert outputs_stand(desk.outputs)


class Killed(BaseException):
    """The computer went off."""


def kill() -> None:
    raise Killed


@pytest.mark.parametrize("number", [1, 2])
def test_a_publish_that_was_cut_off_is_repaired_and_not_taken_for_an_edit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for rendered in ({**SECOND, "extra.csv": b"x"}, {**SECOND, "report.docx": b"docx 3"}):
        with monkeypatch.context() as patch:
            at_move(patch, number, kill)
            with pytest.raises(Killed):
                desk.publish(rendered)
        assert not outputs_stand(desk.outputs) or desk.files() == FIRST
    done = desk.publish(SECOND)
    assert not done.beside
    assert desk.files() == SECOND
    assert outputs_stand(desk.outputs)


def test_outputs_that_are_made_no_more_are_removed_but_not_edited_ones(desk: Desk) -> None:
    desk.publish({**FIRST, "annotated/a.pdf": b"a", "annotated/b.pdf": b"b", "old.csv": b"old"})
    (desk.outputs / "old.csv").write_bytes(b"mine")
    (desk.outputs / "notes.txt").write_bytes(b"a stranger's")
    done = desk.publish(FIRST)
    assert done.removed == ("annotated/a.pdf", "annotated/b.pdf")
    assert desk.files() == {**FIRST, "old.csv": b"mine", "notes.txt": b"a stranger's"}
    assert not (desk.outputs / "annotated").exists()


@pytest.mark.parametrize("step", ["staging", "pending"])
def test_a_full_disk_leaves_the_earlier_outputs(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(module, "write_through" if step == "staging" else "write_atomic", full)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        desk.publish(SECOND)
    assert caught.value.exit_code == 1
    assert desk.files() == FIRST
    assert outputs_stand(desk.outputs)


def test_no_right_to_write_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(source: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", forbidden)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(OutputError, match="Permission denied"):
        desk.publish(SECOND)
    assert desk.files() == FIRST


@pytest.mark.parametrize("content", [b"", b"{", b'{"outputs": 3}', b'{"outputs": [{"file": 1}]}'])
def test_a_damaged_manifest_costs_no_work_of_a_person(desk: Desk, content: bytes) -> None:
    (desk.outputs / "manifest.json").write_bytes(content)
    (desk.outputs / "report.docx").write_bytes(b"my words")
    desk.publish(SECOND)
    assert desk.files()["report.docx"] == b"my words"


def test_the_outputs_may_lie_on_another_drive(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(source: Path, target: Path) -> Path:
        if "staging" in source.parts:
            raise OSError(18, "Invalid cross-device link")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    desk.publish(SECOND)
    assert desk.files() == SECOND
    assert not list(desk.outputs.rglob("*.part"))
