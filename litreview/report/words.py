"""The words that outputs use for what the model names by ids; templates for the catalogues."""

from __future__ import annotations

from litreview.coding.coefficients import COEFFICIENTS
from litreview.coding.unitising import UNITISING
from litreview.documents.section_names import SECTION_NAMES
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue

JUDGED = "judged"  # what people said: a decision, or a code with its stance; several as "person: what; person: what"

_WORDS: dict[str, dict[str, Message]] = {
    "status": {
        "human": message("checked"),
        "provisional": message("provisional"),
    },
    "voice": {
        "participant": message("participant"),
        "author": message("author"),
        "cited": message("cited"),
        "theory": message("theory"),
        "recommendation": message("recommendation"),
    },
    "stance": {
        "supports": message("supports"),
        "contradicts": message("contradicts"),
        "mixed": message("mixed"),
    },
    "effect": {
        "adds": message("adds"),
        "contradicts": message("contradicts"),
    },
    "state": {
        "met": message("met"),
        "unmet": message("unmet"),
        "unclear": message("unclear"),
    },
    "decision": {
        "include": message("include"),
        "exclude": message("exclude"),
        "maybe": message("undecided"),
    },
    "stage": {
        "title-abstract": message("title and abstract"),
        "full-text": message("full text"),
        "coding": message("coding"),
    },
    "amended": {
        "protocol": message("protocol"),
        "codebook": message("codebook"),
    },
    "study-state": {
        "main": message("main study"),
        "included": message("eligible, not chosen"),
    },
    "absence": {
        "silent": message("not discussed"),
        "uncoded": message("not yet coded by people; no machine suggestion"),
        "outside": message("only outside the sections and voices that count"),
    },
    "section": SECTION_NAMES,
    "method": {
        "qualitative-descriptive": message("qualitative, descriptive"),
        "case-study": message("case study"),
        "phenomenology": message("phenomenology"),
        "ethnography": message("ethnography"),
        "grounded-theory": message("grounded theory"),
        "narrative-inquiry": message("narrative inquiry"),
        "action-research": message("action research"),
        "qualitative-other": message("qualitative, other"),
        "survey": message("survey"),
        "experiment": message("experiment"),
        "quantitative-other": message("quantitative, other"),
        "mixed-methods": message("mixed methods"),
        "literature-review": message("literature review"),
    },
    "kind": {
        "article": message("article"),
        "thesis": message("thesis"),
        "skripsi": message("bachelor's thesis"),
        "tesis": message("master's thesis"),
        "disertasi": message("dissertation"),
        "book": message("book"),
        "report": message("research report"),
    },
    "file": {
        "ready": message("read"),
        "needs-ocr": message("needs text recognition (OCR)"),
        "needs-password": message("needs a password"),
        "damaged": message("damaged"),
        "not-a-pdf": message("not a PDF"),
        "misnamed": message("another kind of file than its name says"),
        "empty": message("empty"),
        "too-large": message("too large"),
        "unused": message("not used"),
    },
    "file-todo": {
        "needs-ocr": message("Recognise its text with: litreview ingest --ocr, or look for a text version; until then"
                             " nothing of it counts."),
        "needs-password": message("Save a copy without the password, or ask its owner."),
        "damaged": message("Download it again from its source."),
        "not-a-pdf": message("Open it and save it as PDF."),
        "misnamed": message("Open it and save it as DOCX or PDF."),
        "empty": message("Download it again; the file has no content."),
        "too-large": message("Split it, or save it anew as PDF."),
    },
    "language": {
        "id": message("Indonesian"),
        "en": message("English"),
        "other": message("another language"),
    },
    "review": {
        "context": message("context review"),
        "scoping": message("scoping review"),
        "systematic": message("systematic review"),
        "thematic-synthesis": message("thematic synthesis"),
        "framework-synthesis": message("framework synthesis"),
    },
    "link": {
        "hypothesis": message("hypothesis of the framework"),
        "provisional": message("stated in passages, provisional"),
        "human": message("stated in passages, checked"),
    },
    "role": {
        "study": message("study"),
        "theory": message("theory source"),
        "policy": message("policy source"),
        "background": message("background source"),
    },
    "phase": {
        "engagement": message("engagement"),
        "assessment": message("assessment"),
        "planning": message("planning"),
        "intervention": message("intervention"),
        "evaluation": message("evaluation"),
        "termination": message("termination"),
        "follow-up": message("follow-up"),
    },
    "origin": {
        "unaided": message("coded unaided"),
        "accepted": message("suggestion accepted"),
        "changed": message("suggestion accepted with changes"),
        "imported": message("imported"),
    },
    "memo": {
        "analytic": message("analytic"),
        "methodological": message("methodological"),
        "reflexive": message("reflexive"),
    },
    "coefficient": {one.id: one.name for one in (*COEFFICIENTS, UNITISING)},
    "agreement-by": {
        "all": message("everything, coded unaided"),
        "aided": message("everything, codings with help too"),
        "code": message("code"),
        "theme": message("category"),
        "document": message("document"),
        "pair": message("two people"),
        "machine": message("machine and person"),
        "stage": message("stage of screening"),
    },
    "agreement-unit": {
        "character": message("character"),
        "sentence": message("sentence"),
        "paragraph": message("paragraph"),
        "document": message("document"),
        "decision": message("decision on a record or report"),
    },
    "judgment": {
        "decision": message("decision"),
        "verdict-override": message("verdict set by a person"),
        "duplicate-split": message("duplicates split"),
        "duplicate-join": message("duplicates joined"),
        "link": message("link"),
        "record-edit": message("record corrected"),
        "retrieval": message("search for the file"),
        "search": message("database search"),
        "coding": message("coding"),
        "suggestion-response": message("answer to a suggestion"),
        "memo": message("memo"),
        "comment": message("comment"),
        "extraction": message("data extraction"),
        "translation": message("translation"),
        "voice": message("voice"),
        "proposition": message("proposition"),
        "finding": message("finding"),
        "appraisal": message("quality appraisal"),
        "pin": message("place on the map"),
        "layout": message("layout"),
        "text-block": message("text of the author"),
        "assignment": message("assignment"),
        "adjudication": message("adjudication"),
        "main-studies": message("choice of main studies"),
        "page-numbers": message("page numbers"),
        "masking": message("masking of a name"),
        "completion": message("completion"),
        "text-upgrade": message("another reading of a text accepted"),
        "protocol-version": message("change of the protocol"),
        "codebook-version": message("change of the codebook"),
        "retraction": message("retraction"),
    },
    "stands": {
        "yes": message("yes"),
        "no": message("no"),
        "aside": message("set aside"),
    },
    "concept-map-paragraph": {
        "paragraph": message("in one paragraph"),
        "sentence": message("in one sentence"),
    },
    "reason": {
        "no-file": message("no file"),
        "not-readable": message("the file cannot be read"),
    },
    "key": {
        "method": message("method"),
        "locus": message("place"),
        "design": message("design"),
        "family": message("family of designs"),
        "village": message("village"),
        "district": message("district"),
        "regency": message("regency or city"),
        "province": message("province"),
    },
    "flow": {
        "database_results": message("Records identified from databases"),
        "register_results": message("Records identified from registers"),
        "website_results": message("Records identified from websites"),
        "organisation_results": message("Records identified from organisations"),
        "other_results": message("Records identified from other sources"),
        "citations_results": message("Records identified from citation searching"),
        "duplicates": message("Duplicate records removed before screening"),
        "excluded_automatic": message("Records marked as ineligible by automation tools"),
        "excluded_other": message("Records removed for other reasons"),
        "records_screened": message("Records screened"),
        "records_excluded": message("Records excluded"),
        "dbr_sought_reports": message("Reports sought for retrieval"),
        "dbr_notretrieved_reports": message("Reports not retrieved"),
        "dbr_assessed": message("Reports assessed for eligibility"),
        "dbr_excluded": message("Reports excluded"),
        "other_sought_reports": message("Reports sought for retrieval (other methods)"),
        "other_notretrieved_reports": message("Reports not retrieved (other methods)"),
        "other_assessed": message("Reports assessed for eligibility (other methods)"),
        "other_excluded": message("Reports excluded (other methods)"),
        "new_studies": message("Studies included in the review"),
        "new_reports": message("Reports of included studies"),
        "total_studies": message("Studies included in all"),
        "total_reports": message("Reports of studies included in all"),
        "main_studies": message("Main studies (a part of the included)"),
    },
}  # fmt: skip


def word(catalogue: Catalogue, kind: str, id_: str) -> str:
    """The word for an id in the catalogue's language; the id itself where there is none."""
    found = _WORDS[kind].get(id_)
    return catalogue.text(found) if found else id_


def words(catalogue: Catalogue, kind: str, ids: str, separator: str = "+") -> str:
    """Words for several ids joined by `separator`, as "results+discussion"."""
    if kind == JUDGED:
        return "; ".join(_judged(catalogue, told) for told in ids.split("; "))
    return " + ".join(word(catalogue, kind, id_) for id_ in ids.split(separator) if id_)


def _judged(catalogue: Catalogue, told: str) -> str:
    """What a person said, in words: "ann: include", "ann: workload (supports)"; codes stay ids."""
    who, colon, what = told.rpartition(": ")
    code, bracket, stance = what.partition(" (")
    said = f"{code} ({word(catalogue, 'stance', stance[:-1])})" if bracket else word(catalogue, "decision", what)
    return f"{who}{colon}{said}"


def ids_of(kind: str) -> tuple[str, ...]:
    """The ids of a kind that have words."""
    return tuple(_WORDS[kind])
