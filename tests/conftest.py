from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from litreview.shipped import create_review

SANDBOX_NAME = "Tinjauan Ibu Café – salinan"  # spaces and letters outside ASCII, as on people's desktops


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests never touch the settings of whoever runs them."""
    monkeypatch.setenv("LITREVIEW_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture(scope="session")
def run_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample review, begun and run once; tests look at it and leave it as it is."""
    from litreview.review import Review

    folder = tmp_path_factory.mktemp("sample") / SANDBOX_NAME
    create_review(folder, sample=True)
    Review.open(folder).run()
    return folder


@pytest.fixture
def sample_copy(run_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample review after its run, to be changed."""
    folder = tmp_path / SANDBOX_NAME
    shutil.copytree(run_sample, folder)
    return folder
