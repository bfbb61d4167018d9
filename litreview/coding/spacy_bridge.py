"""A bridge to spaCy for people who want to add their own components; suggesting itself does not use it.

No rule of the cues needs a parser, and a `Doc` costs more than the words that the cues read (1.1 MB a second against
3.6 on the shipped corpus). So spaCy is imported only when these functions are called: `make_doc` puts our words into
a `Doc`, and the component `litreview_polarity` marks what is denied, for a pipeline of one's own:

    nlp = spacy.blank("id"); nlp.tokenizer = tokenizer(nlp.vocab); nlp.add_pipe("litreview_polarity")
    [token.text for token in nlp("Modal tidak ada.") if token._.denied]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from litreview.language.polarity import find_scopes
from litreview.language.stems import form
from litreview.language.tokens import find_words

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

COMPONENT = "litreview_polarity"


def make_doc(text: str, vocab: Vocab) -> Doc:
    """A `Doc` of our own words, the marks between them as tokens of their own."""
    from spacy.tokens import Doc

    pieces, spaces, at = list[str](), list[bool](), 0
    found = find_words(text)
    for start, end in [*zip(found.starts, found.ends, strict=True), (len(text), len(text))]:
        for piece in (text[at:start], text[start:end]):
            pieces += piece.split()
            spaces += [True] * len(piece.split())
            if spaces and not text[at:start].endswith(" ") and piece == text[at:start]:
                spaces[-1] = False
        if spaces:
            spaces[-1] = text[end : end + 1].isspace()
        at = end
    return Doc(vocab, words=pieces, spaces=spaces)


def tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    """A tokenizer for `nlp.tokenizer` that cuts as the rest of the program does."""
    register()
    return lambda text: make_doc(text, vocab)


def register() -> None:
    """Register the component and the token extension `denied` with spaCy; twice does no harm."""
    from spacy.language import Language
    from spacy.tokens import Token

    if not Token.has_extension("denied"):
        Token.set_extension("denied", default=False)
    if not Language.has_factory(COMPONENT):
        Language.component(COMPONENT, func=mark_denied)


def mark_denied(doc: Doc) -> Doc:
    """Set `token._.denied` where an odd number of negations and lacks covers a token."""
    words = [token for token in doc if any(sign.isalnum() for sign in token.text)]
    found = find_words(doc.text)
    if len(words) != len(found.texts):
        return doc
    forms = [form(word) for word in found.texts]
    scopes = find_scopes(doc.text, forms, found.starts, found.breaks)
    for token, negated, lacking in zip(words, scopes.negated, scopes.lacking, strict=True):
        token._.denied = (len(negated) + len(lacking)) % 2 == 1
    return doc
