"""The language that each section of a document is written in."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from litreview.documents.model import Document


def section_languages(document: Document) -> tuple[str, ...]:
    """For each section `id`, `en` or `other`: the language of most of its sentences by their length, those of its
    sub-sections too; where it has none, the document's."""
    starts = [sentence.start for sentence in document.sentences]
    languages = []
    for section in document.sections:
        lengths: Counter[str] = Counter()
        for sentence in document.sentences[bisect_left(starts, section.start) :]:
            if sentence.start >= section.end:
                break
            lengths[sentence.language] += sentence.end - sentence.start
        languages.append(lengths.most_common(1)[0][0] if lengths else document.metadata.language)
    return tuple(languages)
