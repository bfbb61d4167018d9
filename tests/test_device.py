"""The device's id is made once; who judges is chosen, never guessed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from litreview.device import chosen_person, device_id, remember_person, resolve_person, settings_folder
from litreview.errors import LitreviewError, UsageError
from litreview.protocol import Bilingual, Person, Protocol

TEAM = Protocol(format=1, title=Bilingual("T"), people=(Person("rina"), Person("dewi")))


def test_the_id_stays() -> None:
    made = device_id()
    assert len(made) == 8
    assert device_id() == made
    assert [p.name for p in settings_folder().iterdir()] == ["device"]


def test_programs_that_ask_at_once_get_the_same_id() -> None:
    found: list[str] = []
    gate = threading.Barrier(16)

    def ask() -> None:
        gate.wait()
        found.append(device_id())

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert len(set(found)) == 1


def test_processes_that_ask_at_once_get_the_same_id() -> None:
    command = [sys.executable, "-c", "from litreview.device import device_id; print(device_id())"]
    root = Path(__file__).parent.parent
    asking = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=os.environ) for _ in range(4)]
    assert len({process.communicate()[0] for process in asking}) == 1


@pytest.mark.parametrize("content", [b"", b"\x00" * 8, b"not an id", b"abc"])
def test_a_damaged_id_is_made_anew(content: bytes) -> None:
    settings_folder().mkdir(parents=True)
    (settings_folder() / "device").write_bytes(content)
    made = device_id()
    assert len(made) == 8
    assert device_id() == made


def test_where_files_cannot_be_linked_an_id_is_made_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    assert device_id() == device_id() != ""


def test_settings_that_cannot_be_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LITREVIEW_SETTINGS", str(tmp_path / "file" / "settings"))
    for act in (device_id, lambda: remember_person(tmp_path, "rina")):
        with pytest.raises(LitreviewError, match="Your settings cannot be kept"):
            act()


def test_nobody_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Add --as with one of: rina, dewi"):
        resolve_person(TEAM, tmp_path)
    with pytest.raises(UsageError, match=r"'root' is not among 'people' of review\.yaml\. Known here: rina, dewi"):
        resolve_person(TEAM, tmp_path, "root")
    with pytest.raises(UsageError, match=r"name the team in review\.yaml, for example: people:"):
        resolve_person(Protocol(format=1, title=Bilingual("T")), tmp_path, "rina")


def test_the_choice_is_kept_for_each_review_and_asked_goes_before(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    remember_person(one, "rina")
    remember_person(other, "dewi")
    assert (resolve_person(TEAM, one), resolve_person(TEAM, other)) == ("rina", "dewi")
    assert resolve_person(TEAM, one, "dewi") == "dewi"
    assert chosen_person(tmp_path) == ""
    remember_person(one, "gone")
    with pytest.raises(UsageError, match="'gone' is not among"):
        resolve_person(TEAM, one)


def test_damaged_choices_are_asked_for_again(tmp_path: Path) -> None:
    settings_folder().mkdir(parents=True)
    (settings_folder() / "people.json").write_text("{not json", encoding="utf-8")
    assert chosen_person(tmp_path) == ""
    remember_person(tmp_path, "rina")
    assert chosen_person(tmp_path) == "rina"
