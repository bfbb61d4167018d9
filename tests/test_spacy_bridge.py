"""Our tokens and polarity inside somebody's own spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys

import pytest

from litreview.coding import spacy_bridge


@pytest.mark.slow
def test_polarity_as_a_component() -> None:
    import spacy

    nlp = spacy.blank("id")
    nlp.tokenizer = spacy_bridge.tokenizer(nlp.vocab)
    nlp.add_pipe(spacy_bridge.COMPONENT)
    doc = nlp("Modal usaha tidak ada, namun semangat ibu-ibu tinggi.")
    assert doc.text == "Modal usaha tidak ada, namun semangat ibu-ibu tinggi."
    assert [token.text for token in doc if token._.denied] == ["Modal", "usaha", "ada"]
    assert nlp("").text == ""


def test_suggesting_does_not_import_spacy() -> None:
    code = "import sys, litreview.coding.suggest, litreview.coding.spacy_bridge; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
