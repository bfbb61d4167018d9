"""A review whose report is read otherwise than when it was judged: offered, accepted, found again, placed anew."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.documents.anchored import anchor_body, anchor_in, write_anchored
from litreview.documents.frozen import freeze, thaw
from litreview.documents.frozen_folder import read_frozen
from litreview.errors import AnchorError, UsageError
from litreview.files import hash_file
from litreview.ledger import Judgment, append, make_judgment, read_ledger
from litreview.pipeline.state import State
from litreview.pipeline.texts import accept_text, judge_passages, look_at_texts, place_anew
from litreview.review import Review
from tests.pdf_making import lines, make_pdf, read
from tests.review_making import make_review

KEPT = "Keluarga menyusun rencana usaha bersama di balai desa."
GONE = "Catatan kaki ini terbaca sebagai isi naskah."
BODY = [
    "Hasil dan Pembahasan",
    "Pendamping datang ke rumah keluarga setiap pekan sekali.",
    KEPT,
    "Pada bulan berikutnya kelompok bertemu lagi di rumah kader.",
    "Hasilnya tampak pada usaha warung yang dibuka tiga keluarga.",
]


def coding(report: str, anchor: dict[str, object], person: str = "ani") -> Judgment:
    return make_judgment(person, "laptop", "coding", {"report": report, "anchor": anchor, "code": "graduation"})


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two codings of ani and budi on an earlier reading that had a sentence more."""
    made = make_review(tmp_path / "r")
    pdf = make_pdf(made.root / "corpus" / "a.pdf", [lines(BODY)])
    report = Review.open(made.root).ingest().files[0].report
    earlier = read(make_pdf(tmp_path / "earlier" / "a.pdf", [lines([*BODY[:3], GONE, *BODY[3:]])]))
    earlier = msgspec.structs.replace(earlier, report=report, files=("corpus/a.pdf",), reader="reader 0")
    frozen = freeze(earlier, [hash_file(pdf)])
    document = thaw(frozen)
    for words, person in ((KEPT, "ani"), (GONE, "budi")):
        start = document.text.index(words)
        anchor = anchor_body(anchor_in(document, start, start + len(words)))
        write_anchored(made.judgments, [coding(report, anchor, person)], {report: frozen})
    return made


def opened(review: Review) -> State:
    return review.state()


def report_of(state: State) -> str:
    (report,) = state.documents
    return report


def test_the_judged_text_stands_and_the_other_reading_is_offered(review: Review) -> None:
    state = opened(review)
    assert GONE in state.documents[report_of(state)].text
    texts = look_at_texts(state)
    assert texts.lost == ()
    (offer,) = texts.offers
    budi = next(j.id for j in state.ledger.standing if j.person == "budi")
    assert (offer.found, offer.orphans, offer.same_words) == (1, (budi,), False)
    assert (texts.readable, texts.kept) == (1, 1)
    found = {str(what): is_fault for what, is_fault in review.check()}
    assert found[str(offer.told())] is False


def test_once_accepted_passages_are_found_again_or_listed(review: Review) -> None:
    offer = review.accept_text("corpus/a.pdf", "ani")
    state = opened(review)
    document = state.documents[report_of(state)]
    assert GONE not in document.text
    (upgrade,) = state.ledger.of_kind("text-upgrade")
    assert (upgrade.person, upgrade.body["new"], upgrade.body["over"]) == ("ani", offer.reading, [])
    assert len(read_frozen(review.judgments).texts) == 2
    texts = look_at_texts(state)
    assert texts.offers == ()
    assert [one.quote for one in texts.lost] == [GONE]
    assert GONE in [orphan.quote for orphan in state.synthesis.orphans]
    faults = [str(what) for what, is_fault in review.check() if is_fault]
    assert any(GONE in fault and "budi" in fault for fault in faults)


def test_taking_the_acceptance_back_brings_the_judged_text_back(review: Review) -> None:
    review.accept_text("corpus/a.pdf", "ani")
    (upgrade,) = read_ledger(review.judgments).of_kind("text-upgrade")
    append(review.judgments, [make_judgment("ani", "laptop", "retraction", {"judgment": upgrade.id})])
    state = opened(review)
    assert GONE in state.documents[report_of(state)].text
    assert look_at_texts(state).lost == ()


def test_who_made_an_orphan_places_it_anew_and_nobody_else(review: Review) -> None:
    review.accept_text("corpus/a.pdf", "ani")
    state = opened(review)
    (lost,) = look_at_texts(state).lost
    document = state.documents[report_of(state)]
    start = document.text.index(BODY[3])
    with pytest.raises(UsageError, match="is of budi, who alone"):
        place_anew(state, lost.judgment, start, start + len(BODY[3]), "ani", "laptop")
    with pytest.raises(UsageError, match="under the id nothing"):
        place_anew(state, "nothing", 0, 5, "budi", "laptop")
    with pytest.raises(AnchorError, match="no text between"):
        place_anew(state, lost.judgment, 0, 100_000, "budi", "laptop")
    made = place_anew(state, lost.judgment, start, start + len(BODY[3]), "budi", "laptop")
    assert (made.replaces, made.kind, made.body["code"]) == (lost.judgment, "coding", "graduation")
    assert made.body["anchor"]["quote"] == BODY[3]
    after = opened(review)
    assert look_at_texts(after).lost == ()
    assert lost.judgment not in {judgment.id for judgment in after.ledger.standing}
    assert lost.judgment in {judgment.id for judgment in after.ledger.judgments}


def test_new_judgments_are_made_in_the_text_in_use(review: Review) -> None:
    state = opened(review)
    report = report_of(state)
    fresh = state.fresh[report].document
    assert fresh is not None
    start = fresh.text.index(BODY[3])
    stale = anchor_body(anchor_in(fresh, start, start + 10))
    with pytest.raises(AnchorError, match="another text of this report"):
        judge_passages(state, [coding(report, stale)])
    (written,) = judge_passages(state, [coding(report, anchor_body(anchor_in(state.documents[report], 0, 5)))])
    assert written in read_ledger(review.judgments).judgments
    with pytest.raises(AnchorError, match="r-none has no text here"):
        judge_passages(state, [coding("r-none", stale)])


def test_the_first_judgment_on_a_report_freezes_it(tmp_path: Path) -> None:
    review = make_review(tmp_path / "r")
    make_pdf(review.root / "corpus" / "a.pdf", [lines(BODY)])
    state = opened(review)
    assert (state.texts.in_use, read_frozen(review.judgments).texts) == ({}, ())
    report = report_of(state)
    judge_passages(state, [coding(report, anchor_body(anchor_in(state.documents[report], 0, 5)))])
    (frozen,) = read_frozen(review.judgments).texts
    assert frozen.hashes == (hash_file(review.root / "corpus" / "a.pdf"),)
    assert opened(review).texts.in_use == {report: frozen}


def test_the_reading_is_named_by_file_report_or_number(review: Review) -> None:
    state = opened(review)
    (offer,) = look_at_texts(state).offers
    for unknown in ("corpus/b.pdf", "", offer.reading[:4], "r-none"):
        with pytest.raises(UsageError, match="no other reading"):
            accept_text(state, unknown, "ani", "laptop")
    with pytest.raises(UsageError, match="ani, budi"):
        review.accept_text("corpus/a.pdf", "someone")
    assert accept_text(state, offer.short, "ani", "laptop") == offer
    with pytest.raises(UsageError, match="no other reading"):
        review.accept_text(str(review.root / "corpus" / "a.pdf"), "ani")


def test_several_readings_of_a_file_must_be_told_apart(review: Review, tmp_path: Path) -> None:
    state = opened(review)
    report = report_of(state)
    third = read(make_pdf(tmp_path / "third" / "a.pdf", [lines(BODY[:4])]))
    third = msgspec.structs.replace(third, report=report, files=("corpus/a.pdf",), reader="reader 9")
    frozen = freeze(third, [hash_file(review.root / "corpus" / "a.pdf")])
    write_anchored(review.judgments, [coding(report, anchor_body(anchor_in(thaw(frozen), 0, 5)))], {report: frozen})
    with pytest.raises(UsageError, match="several readings"):
        review.accept_text("corpus/a.pdf", "ani")
    (told,) = map(str, review.ingest().notices)
    in_use = state.texts.in_use[report].reading
    assert "2 different readings" in told
    assert in_use[:8] in told
    assert frozen.reading[:8] in told
    review.accept_text(in_use[:8], "ani")
    assert review.ingest().notices == ()
    review.accept_text(frozen.reading[:10], "ani")
    assert opened(review).texts.in_use[report].reading == frozen.reading
    review.accept_text("corpus/a.pdf", "budi")  # the fresh one is left; the first was given up
    upgrades = opened(review).ledger.of_kind("text-upgrade")
    assert [upgrade.body["over"] for upgrade in upgrades] == [[], [upgrades[0].id], [upgrades[1].id]]
    assert opened(review).texts.in_use[report].text_hash == state.fresh[report].document.text_hash  # type: ignore[union-attr]


def test_a_damaged_frozen_text_is_told_and_does_not_stop_the_review(review: Review) -> None:
    (path,) = (review.judgments / "texts").iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    texts = review.ingest()
    told = [str(notice) for notice in texts.notices]
    assert "damaged, set aside" in told[0]
    assert "the text in which 2 passages were judged is not here" in told[1]
    assert [one.quote for one in texts.lost] == [GONE]
    assert {f"! {what}"[2:] for what in told} <= {str(what) for what, is_fault in review.check() if is_fault}


def test_the_command_shows_and_accepts(review: Review) -> None:
    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [*words, str(review.root), "--language", "en"], catch_exceptions=False)
        return result.exit_code, result.output

    code_, said = call("ingest")
    assert code_ == 0
    assert "Readable reports: 1, 1 of them in the text kept with the judgments" in said
    assert "1 judged passages would be found again" in said
    told = json.loads(call("ingest", "--json")[1])
    assert (len(told["offers"]), told["offers"][0]["found"]) == (1, 1)
    assert "text" not in told["offers"][0]
    assert call("ingest", "--accept-text", "corpus/a.pdf")[0] == 2
    code_, said = call("ingest", "--accept-text", "corpus/a.pdf", "--as", "ani")
    assert code_ == 0
    assert "corpus/a.pdf: the other reading is accepted." in said
    code_, said = call("check")
    assert code_ == 1
    assert f"✗ corpus/a.pdf: “{GONE}”, judged by budi, has no place" in said
