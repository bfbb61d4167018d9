"""Suggestions by cues: for each sentence the codes whose cues it meets, with polarity, voice and the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from litreview.coding.cues import LANGUAGES, ROLES, Cue, Sets, Word, parse_cue
from litreview.coding.matching import Compiled, Matcher, find
from litreview.coding.model import Codebook, Suggestion
from litreview.coding.reading import (
    Names,
    Reading,
    Surroundings,
    heading_polarity,
    opens_list,
    read_sentence,
    read_words,
    roles_at,
)
from litreview.coding.voice import speaker_role, speaker_tags, voices
from litreview.documents.model import Document, Section, Sentence
from litreview.language.assertion import SILENT
from litreview.language.detect import OTHER, detect_language
from litreview.language.polarity import ENOUGH, closes
from litreview.language.tokens import WORD, word_set

SUGGESTER = "cues 1"
THRESHOLD = 0.5
WEIGHTS = {"": 0.8, "weak": 0.4, "hint": 0.2}  # two weak cues make a suggestion; a hint needs a heading beside it
HEADED, BEFORE = 0.4, 0.2  # what a heading, or the sentence before, adds to a weak cue
NEAR_WORDS = 5  # a denial further from a cue's words than this contradicts nothing
NEED_NOT = word_set("harus perlu selalu mesti semata necessarily always have need")  # "tidak harus" denies no fact
IDEAS = frozenset({"theory", "recommendation"})  # voices that tell how things are thought of or wished: no denial
SKIPPED_SECTIONS = frozenset({"front", "method", "acknowledgements", "references", "appendix"})
READ_PARAGRAPHS = frozenset({"body", "list", "quote"})


class Hit(msgspec.Struct, frozen=True):
    """A cue that a sentence meets: stance, score, and its words as written."""

    code: str
    stance: str
    score: float
    cue: str
    start: int = 0  # offsets of the cue's words in the sentence
    end: int = 0


class Rules(NamedTuple):
    """A codebook made ready: its cues compiled, what each theme asks, its names."""

    matcher: Matcher
    asks: dict[str, str]
    names: Names


def rules_of(codebook: Codebook) -> Rules:
    """Compile a codebook's cues (kept for the last few codebooks, by content)."""
    key = (codebook.hash, tuple((code.id, code.cues) for code in codebook.codes.values()))
    return _rules(_Key(key, codebook))


class _Key:
    """A codebook as a key of the cache: equal when hash and cues are equal."""

    def __init__(self, key: object, codebook: Codebook) -> None:
        self.key = key
        self.codebook = codebook

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


@lru_cache(maxsize=4)
def _rules(key: _Key) -> Rules:
    codebook = key.codebook
    sets = Sets(codebook.words)
    cues = [(code.id, parse_cue(cue, sets)) for code in codebook.codes.values() for cue in code.cues]
    asks = {code.id: theme.asks for theme in codebook.themes for code in theme.codes}
    roles = [[Word(text.lstrip("="), "form") for text in codebook.words.get(role, ())] for role in ROLES]
    return Rules(Matcher(cues, roles), asks, Names(codebook.names))


def suggest(document: Document, codebook: Codebook) -> tuple[Suggestion, ...]:
    """Suggestions for a whole document, in text order: for each sentence and code at most one."""
    rules = rules_of(codebook)
    if not rules.matcher.cues:
        return ()
    spoken = voices(document)
    found: list[Suggestion] = []
    for index, hits in _read(document, spoken, rules):
        sentence = document.sentences[index]
        found += [
            Suggestion(sentence.start, sentence.end, hit.code, hit.stance, spoken[index], hit.score, hit.cue, SUGGESTER)
            for hit in hits
            if hit.stance == "supports" or spoken[index] not in IDEAS
        ]
    return tuple(found)


def _read(document: Document, spoken: tuple[str, ...], rules: Rules) -> Iterator[tuple[int, list[Hit]]]:
    """Hits sentence by sentence; those of one lean on those of the sentence before it in its paragraph."""
    told = _without_tags(document)
    named = _masks_of_names(document, told, rules)
    paragraph, before = -1, frozenset[str]()
    for index, around in _surroundings(document, spoken, rules):
        sentence = document.sentences[index]
        text = told[sentence.start : sentence.end]
        language = _language(document, sentence, text)
        union = _union(text, language, rules.matcher) | named.get(index, 0)
        leaning = before if sentence.paragraph == paragraph else frozenset[str]()
        hits = _hits(text, language, union, rules, msgspec.structs.replace(around, before=leaning))
        paragraph, before = sentence.paragraph, frozenset(hit.code for hit in hits if hit.stance == "supports")
        yield index, hits


def _without_tags(document: Document) -> str:
    """The text with the brackets that name a speaker blanked: what an informant is, is not what the passage tells."""
    spans = [
        span
        for paragraph in document.paragraphs
        if paragraph.kind in READ_PARAGRAPHS
        for span in speaker_tags(document.text, paragraph.start, paragraph.end, quoted=paragraph.kind == "quote")
    ]
    return _blanked(document.text, spans)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text of the same length with spaces in some places."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _codes_of_heading(heading: str, language: str, rules: Rules) -> frozenset[str]:
    """The codes that a heading names."""
    tongue = language if language in LANGUAGES else "id"
    tokens = read_words(heading, tongue, rules.matcher, rules.names.find(heading))
    union = 0
    for mask in tokens.words.masks:
        union |= mask
    return frozenset(c.code for c in rules.matcher.candidates(union) if next(find(c, tokens.words), None))


def suggest_sentence(text: str, codebook: Codebook, language: str = "") -> dict[str, Hit]:
    """Codes that a sentence standing alone supports, with what caused each. `language`: `id`, `en`; guessed if ''."""
    tongue = language or detect_language(text)
    hits = hits_of_sentence(text, tongue if tongue in LANGUAGES else "id", codebook)
    return {hit.code: hit for hit in hits if hit.stance == "supports"}


def hits_of_sentence(text: str, language: str, codebook: Codebook, around: Surroundings | None = None) -> list[Hit]:
    """Every hit of a sentence, candidate contradictions too. `around` is guessed from the sentence when None."""
    rules = rules_of(codebook)
    if around is None:
        around = Surroundings(spoken=text.lstrip().startswith(("“", '"')), speaker=speaker_role(text))
    text = _blanked(text, speaker_tags(text, 0, len(text)))
    union = _union(text, language, rules.matcher)
    for name in rules.names.find(text):
        union |= rules.matcher.mask(name.key, language)
    return _hits(text, language, union, rules, around)


def _union(text: str, language: str, matcher: Matcher) -> int:
    """The bits that any word of a sentence satisfies: the cheap pass."""
    union = 0
    for match in WORD.finditer(text):
        union |= matcher.mask(match.group(), language)
    return union


def _masks_of_names(document: Document, text: str, rules: Rules) -> dict[int, int]:
    """Bits that names of several words in the document's `text` add, by sentence."""
    names = rules.names.find(text)
    masks: dict[int, int] = {}
    at = 0
    for index, sentence in enumerate(document.sentences):
        while at < len(names) and names[at].start < sentence.start:
            at += 1
        while at < len(names) and names[at].start < sentence.end:
            masks[index] = masks.get(index, 0) | rules.matcher.mask(names[at].key, sentence.language)
            at += 1
    return masks


def _surroundings(document: Document, spoken: tuple[str, ...], rules: Rules) -> Iterator[tuple[int, Surroundings]]:
    """The sentences to read, with what each inherits from heading, list and the sentences before."""
    listing, paragraph_seen, role, speaker = "", -1, "", ""
    headed: dict[str, frozenset[str]] = {}
    for index, sentence in enumerate(document.sentences):
        paragraph = document.paragraphs[sentence.paragraph]
        section = _section(document, paragraph.section)
        text = document.text[sentence.start : sentence.end]
        language = _language(document, sentence, text)
        if paragraph.kind not in READ_PARAGRAPHS or not language or _skipped(section):
            continue
        if sentence.paragraph != paragraph_seen:
            paragraph_seen = sentence.paragraph
            role = ""
            speaker = speaker_role(document.text[paragraph.start : paragraph.end])
            listing = listing if paragraph.kind == "list" else ""
        inherited = listing if paragraph.kind == "list" else heading_polarity(section.heading) if section else ""
        kinds = section.kinds if section else ()
        heading = section.heading if section else ""
        if heading not in headed:
            headed[heading] = _codes_of_heading(heading, document.metadata.language, rules)
        yield (
            index,
            Surroundings(inherited, speaker, role, spoken[index] == "participant", kinds, headed[heading]),
        )
        listing = opens_list(text) or listing
        role = _last_role(text, language, rules.matcher) or role


def _language(document: Document, sentence: Sentence, text: str) -> str:
    """The language to read a sentence in. One too short to tell takes the document's; other tongues give ''."""
    if sentence.language in LANGUAGES:
        return sentence.language
    known = document.metadata.language
    return known if known in LANGUAGES and not OTHER & set(text.lower().split()) else ""


def _section(document: Document, index: int) -> Section | None:
    return document.sections[index] if 0 <= index < len(document.sections) else None


def _skipped(section: Section | None) -> bool:
    return section is not None and bool(section.kinds) and section.kinds[0] in SKIPPED_SECTIONS


def _last_role(text: str, language: str, matcher: Matcher) -> str:
    """The role that a sentence's first mention gives to the sentences after it."""
    family, facilitator = matcher.extra
    for match in WORD.finditer(text):
        mask = matcher.mask(match.group(), language)
        if mask & (family | facilitator):
            return "facilitator" if mask & facilitator else "family"
    return ""


def _hits(text: str, language: str, union: int, rules: Rules, around: Surroundings) -> list[Hit]:
    candidates = rules.matcher.candidates(union)
    if not candidates:
        return []
    tokens = read_words(text, language, rules.matcher, rules.names.find(text))
    found = [(cue, places) for cue in candidates for places in find(cue, tokens.words)]
    if not found:
        return []
    reading = read_sentence(text, language, tokens, rules.matcher, around)
    if reading.assertion.kind in SILENT:
        return []
    return _strongest([hit for cue, places in found for hit in _judge(cue, places, reading, rules)], around)


def _judge(cue: Compiled, places: tuple[int, ...], reading: Reading, rules: Rules) -> Iterator[Hit]:
    """The hit of a cue at a place, where its options and the sentence's polarity let it stand."""
    options = cue.cue
    if options.language not in ("", reading.language):
        return
    if options.sections and reading.around.kinds and not set(options.sections) & set(reading.around.kinds):
        return
    named = roles_at(reading, places) if options.role else set()
    if (named and options.role not in named) or not _asserted(places, reading):
        return
    stance = _stance(options.asks or rules.asks[cue.code], places, reading)
    if stance == "supports" and reading.assertion.kind == "disproved" and options.asks != "any":
        stance = "contradicts"
    if stance == "contradicts" and not _may_contradict(options, places, reading, rules.asks[cue.code]):
        return
    if stance:
        start, end = reading.starts[places[0]], reading.ends[places[-1]]
        yield Hit(cue.code, stance, WEIGHTS[options.weight], reading.text[start:end], start, end)


def _may_contradict(options: Cue, places: tuple[int, ...], reading: Reading, asks: str) -> bool:
    """Whether a hit is a candidate contradiction: only a cue of full weight, and only where what denies it stands in
    its clause and near its words. What a finding disproves as a whole, and what suffices, need no such word."""
    if options.weight:
        return False
    if reading.assertion.kind == "disproved" or (options.asks or asks) in ("lacking", "denies"):
        return True
    scopes = (reading.scopes.negated, reading.scopes.lacking, reading.scopes.dropping)
    triggers = {trigger for scope in scopes for at in places for trigger in scope[at]} - set(places)
    return any(_is_near(trigger, places, reading) for trigger in triggers)


def _is_near(trigger: int, places: tuple[int, ...], reading: Reading) -> bool:
    """Whether a word that denies stands in one clause with all words of a cue and near them, and denies in earnest."""
    after = reading.forms[trigger + 1] if trigger + 1 < len(reading.forms) else ""
    first, last = min(trigger, *places), max(trigger, *places)
    parted = any(reading.breaks[at] or closes(reading.forms, at) for at in range(first + 1, last + 1))
    return not parted and min(abs(trigger - at) for at in places) <= NEAR_WORDS and after not in NEED_NOT


def _asserted(places: tuple[int, ...], reading: Reading) -> bool:
    """False inside an if-clause, after "bertujuan", and where a sentence only says what is hoped for."""
    first = reading.starts[places[0]]
    told = reading.assertion
    if told.purpose_from >= 0 and first > told.purpose_from:
        return False
    if told.condition[0] <= first < told.condition[1]:
        return False
    return not (told.kind == "expected" and "recommendation" not in reading.around.kinds)


def _stance(asks: str, places: tuple[int, ...], reading: Reading) -> str:
    """`supports`, `contradicts` or '' by what the cue asks and by what denies its words (docs/cues.md)."""
    negated, lacking, dropping = reading.scopes.negated, reading.scopes.lacking, reading.scopes.dropping
    if asks == "any":
        return "supports"
    if asks == "present":
        if _denied(places, negated, lacking, dropping):
            return "contradicts"
        hindered = places[0] >= reading.hindered_from
        return "" if hindered or _listed_bad(places, reading) else "supports"
    if asks == "lacking":
        return _lacking(_denied(places, negated, lacking), places, reading)
    if asks == "denies":
        return "supports" if _denied(places, negated, lacking) else "contradicts"
    return "contradicts" if _denied(places, negated, dropping) else "supports"


def _lacking(denied: bool, places: tuple[int, ...], reading: Reading) -> str:
    if denied:
        return "supports"
    near = range(max(0, places[0] - 4), min(len(reading.forms), places[-1] + 6))
    clause = reading.words.clauses[places[0]]
    if any(reading.forms[at] in ENOUGH and reading.words.clauses[at] == clause for at in near):
        return "contradicts"
    return "supports" if _listed_bad(places, reading) else ""


def _denied(places: tuple[int, ...], *scopes: tuple[tuple[int, ...], ...]) -> bool:
    """True when an odd number of triggers, outside the match itself, covers one of its words."""
    own = set(places)
    return any(sum(len(set(scope[at]) - own) for scope in scopes) % 2 for at in places)


def _listed_bad(places: tuple[int, ...], reading: Reading) -> bool:
    if reading.around.listing == "bad":
        return True
    return places[0] >= reading.bad_from or places[-1] <= reading.bad_before


def _strongest(hits: list[Hit], around: Surroundings) -> list[Hit]:
    """One hit for each code: the stance with more weight stands, with the words of its best cue."""
    by_code: dict[str, dict[str, list[Hit]]] = {}
    for hit in hits:
        by_code.setdefault(hit.code, {}).setdefault(hit.stance, []).append(hit)
    found = []
    for code, stances in by_code.items():
        weighed = [(_weight(cues), stance, _best(cues)) for stance, cues in stances.items()]
        score, stance, best = max(weighed, key=lambda each: (each[0], each[1] == "supports"))
        if stance == "supports":
            score = _leaning(score, code, around)
        if score >= THRESHOLD:
            found.append(Hit(code, stance, score, best.cue, best.start, best.end))
    return found


def _leaning(score: float, code: str, around: Surroundings) -> float:
    """A score with what the heading and the sentence before add to it."""
    miss = 1 - score
    miss *= 1 - HEADED if code in around.headed else 1.0
    miss *= 1 - BEFORE if code in around.before else 1.0
    return round(1 - miss, 3)


def _best(hits: list[Hit]) -> Hit:
    return max(hits, key=lambda hit: (hit.score, -hit.start))


def _weight(hits: list[Hit]) -> float:
    """Scores of cues that stand on different words add up (noisy or); the same words count once."""
    miss, taken = 1.0, list[tuple[int, int]]()
    for hit in sorted(hits, key=lambda each: (-each.score, each.start, each.end)):
        if all(hit.end <= start or hit.start >= end for start, end in taken):
            taken.append((hit.start, hit.end))
            miss *= 1 - hit.score
    return round(1 - miss, 3)
