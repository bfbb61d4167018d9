"""Words that state a relation between two codes, or join a sentence to the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from litreview.coding.model import Relation
from litreview.language.stems import stem

_WORD = re.compile(r"\w+(?:['’]\w+)*")

_BACK = re.compile(
    r"\W*(akibatnya|karena itu|oleh karena itu|oleh sebab itu|sebab itu|dengan demikian|dengan begitu|sehingga|"
    r"maka dari itu|hasilnya|dari (situ|sana|sini)(lah)?|hal (ini|itu|tersebut)(lah)?|kondisi (ini|itu|tersebut)|"
    r"(proses|cara|upaya|dukungan|pendampingan|kegiatan) (ini|itu|tersebut)|inilah|itulah|"
    r"as a (result|consequence)|consequently|therefore|thus|hence|because of (this|that)|in this way|"
    r"this|that|these|such)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(tidak|tak|belum|bukan|bukanlah|tanpa|jarang|not|never|no|hardly|n['’]t|without)(\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b((tidak|tak|bukan)\s+(hanya|saja|sekadar|sekedar|cuma)|not\s+(only|just|merely))\b[^.]*$",
                       re.IGNORECASE)  # fmt: skip


def links_back(sentence: str) -> bool:
    """Whether a sentence opens with a word that joins it to the one before (akibatnya, hal ini, as a result …)."""
    return _BACK.match(sentence) is not None


def states_relation(sentence: str, relation: Relation) -> bool | None:
    """True where a cue of the relation stands in the sentence, False where it is denied there, None without a cue.

    A cue is words in a row; each stands in its form, in another form of its stem, or with any ending after `*`. A
    relation without cues takes its label. A cue that stands twice, once plain, is not denied.
    """
    cues = relation.cues or tuple(v for v in (relation.label.id, relation.label.en) if v)
    words = list(_WORD.finditer(sentence))
    shapes = [_shapes(w.group().lower()) for w in words]
    plain = [
        not _denied(sentence[: words[at].start()]) for cue in cues for at in _places(tuple(cue.lower().split()), shapes)
    ]
    return any(plain) if plain else None


def _places(cue: tuple[str, ...], shapes: Sequence[frozenset[str]]) -> list[int]:
    """Where a cue's words stand in a row."""
    wanted = [_shapes(word) for word in cue]
    starts = range(len(shapes) - len(cue) + 1) if cue else range(0)
    return [at for at in starts if all(_fits(c, w, s) for c, w, s in zip(cue, wanted, shapes[at:], strict=False))]


def _fits(cue: str, wanted: frozenset[str], found: frozenset[str]) -> bool:
    if cue.endswith("*"):
        return any(shape.startswith(cue[:-1]) for shape in found)
    return not wanted.isdisjoint(found)


@lru_cache(maxsize=20_000)
def _shapes(word: str) -> frozenset[str]:
    """A word and its stems in both languages."""
    return frozenset((word, stem(word, "id"), stem(word, "en")))


def _denied(before: str) -> bool:
    return _NOT.search(before) is not None and _NOT_ONLY.search(before) is None
