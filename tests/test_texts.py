"""Which text the review works on: the frozen one that judgments name; other readings are offered, never just taken."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from litreview.documents.frozen import FrozenText
from litreview.documents.model import Document, ReadResult
from litreview.documents.offers import find_lost, find_offers, tell_absent
from litreview.documents.texts import OWN_TEXT, Texts, choose_texts, find_aliases, upgrades_in_effect, with_names_here
from litreview.ledger import Judgment, Ledger
from tests.text_making import PROSE, frozen_of, judged, ledger_of, make_document, read_of, said

LONG = PROSE + "\n" + "Penelitian ini dilakukan di tiga desa dengan wawancara mendalam. " * 8
ID = "r-000000000001"
OLD = make_document(LONG.replace("usaha bersama.", "usaha ber-\nsama."), reader="reader 1")
NEW = make_document(LONG, reader="reader 2")
CODED = judged(OLD, "rencana usaha ber-\nsama")


def upgrade(old: FrozenText, new: FrozenText, over: list[str] | None = None, person: str = "ani") -> Judgment:
    body = {"report": ID, "old": old.reading, "new": new.reading, "over": over or []}
    return said("text-upgrade", body, person)


def chosen(*judgments: Judgment, fresh: Document = NEW, frozen: tuple[FrozenText, ...] = ()) -> Texts:
    return choose_texts({ID: read_of(fresh)}, frozen or (frozen_of(OLD),), ledger_of(*judgments))


def text_of(texts: Texts, report: str = ID) -> str | None:
    document = texts.read[report].document
    return None if document is None else document.text


def test_without_judgments_the_fresh_reading_stands() -> None:
    assert text_of(chosen()) == NEW.text
    assert text_of(chosen(judged(NEW, "Hasilnya", kind="decision", anchor=None))) == NEW.text
    assert choose_texts({}, (), Ledger()) == Texts({})


def test_the_frozen_text_that_a_judgment_names_goes_before_a_fresh_one() -> None:
    texts = chosen(CODED)
    assert text_of(texts) == OLD.text
    assert texts.notices == ()
    assert texts.in_use[ID].reading == frozen_of(OLD).reading


def test_structure_is_frozen_with_the_text() -> None:
    other = msgspec.structs.replace(OLD, sections=(), paragraphs=(), sentences=())
    document = chosen(CODED, fresh=other).read[ID].document
    assert document is not None
    assert document.sentences == OLD.sentences


def test_a_retracted_judgment_freezes_nothing_and_an_undone_retraction_does_again() -> None:
    back = said("retraction", {"judgment": CODED.id})
    again = said("retraction", {"judgment": back.id})
    assert text_of(chosen(CODED, back)) == NEW.text
    assert text_of(chosen(CODED, back, again)) == OLD.text


@pytest.mark.parametrize("kind", ["coding", "memo", "voice", "translation", "proposition", "suggestion-response"])
def test_every_kind_of_judgment_on_a_passage_counts(kind: str) -> None:
    one = msgspec.structs.replace(CODED, kind=kind)
    assert text_of(chosen(one)) == OLD.text


def test_a_colleague_who_cannot_read_the_scan_reads_the_frozen_text() -> None:
    scan = make_document(LONG, ocr="tesseract 5")
    unreadable = read_of(scan, status="needs-ocr", readable=False)
    texts = choose_texts({ID: unreadable}, [frozen_of(scan)], ledger_of(judged(scan, "rencana usaha")))
    assert text_of(texts) == scan.text
    (status,) = texts.read[ID].files
    assert (status.status, status.pages) == ("ready", 1)
    assert "kept with the judgments" in status.reason


@pytest.mark.parametrize("status", ["needs-password", "damaged", "not-a-pdf", "empty"])
def test_where_the_file_cannot_be_opened_quotations_could_not_be_checked(status: str) -> None:
    texts = choose_texts({ID: read_of(NEW, status=status, readable=False)}, [frozen_of(OLD)], ledger_of(CODED))
    assert text_of(texts) is None


def test_a_part_that_cannot_be_opened_matters_only_where_the_text_comes_from_it() -> None:
    two = msgspec.structs.replace(OLD, files=("corpus/a.pdf", "corpus/b.pdf"))
    fresh = read_of(msgspec.structs.replace(NEW, files=two.files), "a", "b")
    for number, text in ((0, NEW.text), (1, OLD.text)):
        files = list(fresh.files)
        files[number] = msgspec.structs.replace(files[number], status="damaged")
        broken = ReadResult(tuple(files), fresh.document)
        texts = choose_texts({ID: broken}, [frozen_of(two, "a", "b")], ledger_of(judged(two, "Hasilnya")))
        assert text_of(texts) == text


def test_reports_that_are_not_here_are_told_by_their_file() -> None:
    far, unknown = of_colleague(make_document("Naskah lain."), "r-f"), of_colleague(OLD, "r-u")
    ledger = ledger_of(CODED, judged(far, "Naskah"), judged(far, "lain"), judged(unknown, "Hasilnya"))
    told = [str(what) for what in tell_absent(ledger, {ID: OLD}, [frozen_of(far), frozen_of(OLD)])]
    assert told == [
        "corpus/milik rekan.pdf: passages of this report were judged (2), and it is not here or cannot be read here.",
        "r-u: passages of this report were judged (1), and it is not here or cannot be read here.",
    ]


# The same report under other names


def alias_of(fresh: dict[str, ReadResult], *frozen: FrozenText) -> dict[str, str]:
    return find_aliases(fresh, frozen)


def of_colleague(document: Document, report: str = "r-00000000000b") -> Document:
    return msgspec.structs.replace(document, report=report, files=("corpus/milik rekan.pdf",))


def test_another_copy_of_a_pdf_with_the_same_text_is_the_same_report() -> None:
    theirs = of_colleague(NEW)
    coded = judged(theirs, "Hasilnya tampak")
    texts = choose_texts({ID: read_of(NEW, "my copy")}, [frozen_of(theirs, "their copy")], ledger_of(coded))
    assert texts.aliases == {theirs.report: ID}
    assert texts.read[ID].document == msgspec.structs.replace(NEW, files=("corpus/a.pdf",))
    (named,) = with_names_here(ledger_of(coded), texts.aliases).standing
    assert named.body["report"] == ID


def test_a_stamp_alone_makes_no_two_reports_the_same() -> None:
    stamp = make_document("Perpustakaan Universitas")
    assert len(stamp.text) < OWN_TEXT <= len(LONG)
    assert alias_of({ID: read_of(stamp, "mine")}, frozen_of(of_colleague(stamp), "theirs")) == {}


def test_the_same_files_in_another_order_are_the_same_report() -> None:
    two = msgspec.structs.replace(NEW, files=("corpus/a.pdf", "corpus/b.pdf"))
    turned = msgspec.structs.replace(of_colleague(OLD), files=("corpus/b.pdf", "corpus/a.pdf"))
    theirs = frozen_of(turned, "bytes b", "bytes a")
    assert alias_of({ID: read_of(two, "bytes a", "bytes b")}, theirs) == {turned.report: ID}
    texts = choose_texts({ID: read_of(two, "bytes a", "bytes b")}, [theirs], ledger_of(judged(turned, "Hasilnya")))
    document = texts.read[ID].document
    assert document is not None
    assert document.files == ("corpus/b.pdf", "corpus/a.pdf")


def test_a_chain_of_copies_is_followed_and_strangers_are_not() -> None:
    middle = of_colleague(NEW, "r-m")
    far = of_colleague(OLD, "r-f")
    fresh = {ID: read_of(NEW, "mine")}
    found = alias_of(fresh, frozen_of(far, "theirs"), frozen_of(middle, "theirs"), frozen_of(of_colleague(OLD, "r-x")))
    assert found == {"r-m": ID, "r-f": ID, "r-x": ID}
    stranger = of_colleague(make_document("Naskah lain. " * 100), "r-s")
    assert alias_of(fresh, frozen_of(stranger, "s")) == {}


def test_names_are_changed_wherever_a_judgment_names_a_report() -> None:
    link = said("link", {"reports": ["r-b", "r-c"], "reason": "r-b"})
    choice = said("decision", {"target": "r-b", "stage": "full-text"})
    other = said("memo", {"target": "code", "text": "Teks"})
    section = said("assignment", {"stage": "coding", "targets": ["r-b@10-20", "r-c@1-2"], "people": ["ani@r-b"]})
    given = ledger_of(link, choice, other, section)
    named = {j.id: j.body for j in with_names_here(given, {"r-b": ID}).standing}
    assert named[link.id]["reports"] == [ID, "r-c"]
    assert named[choice.id]["target"] == ID
    assert named[other.id] == other.body
    assert (named[section.id]["targets"], named[section.id]["people"]) == ([f"{ID}@10-20", "r-c@1-2"], ["ani@r-b"])
    assert with_names_here(given, {}) is given


# Two readings


RIVAL = make_document(LONG.replace("usaha bersama", "usaha  bersama"), reader="reader 9")


def test_of_two_frozen_texts_the_one_with_most_judgments_stands_and_it_is_told() -> None:
    more = [judged(RIVAL, "Hasilnya tampak", "budi"), judged(RIVAL, "Pendamping", "budi")]
    both = (frozen_of(OLD), frozen_of(RIVAL))
    texts = chosen(CODED, *more, frozen=both)
    assert text_of(texts) == RIVAL.text
    assert "2 different readings" in str(texts.notices[0])
    assert text_of(chosen(CODED, more[0], frozen=both)) == text_of(chosen(more[0], CODED, frozen=both[::-1]))


def test_an_accepted_reading_stands_until_it_is_taken_back() -> None:
    both = (frozen_of(OLD), frozen_of(NEW))
    accepted = upgrade(*both)
    texts = chosen(CODED, accepted, frozen=both)
    assert text_of(texts) == NEW.text
    assert texts.notices == ()
    back = said("retraction", {"judgment": accepted.id})
    assert text_of(chosen(CODED, accepted, back, frozen=both)) == OLD.text


def test_a_later_acceptance_names_those_that_it_is_made_over() -> None:
    three = (frozen_of(OLD), frozen_of(NEW), frozen_of(RIVAL))
    first, second = upgrade(three[0], three[1]), upgrade(three[0], three[2], person="budi")
    apart = chosen(CODED, first, second, frozen=three)
    assert "2 different readings" in str(apart.notices[0])
    settled = upgrade(three[1], three[2], over=[first.id, second.id], person="cici")
    for order in ((first, second, settled), (settled, second, first)):
        assert upgrades_in_effect(order) == (settled,)
        assert text_of(chosen(CODED, *order, frozen=three)) == RIVAL.text


def test_acceptances_over_each_other_all_stand_rather_than_none() -> None:
    one, two = (msgspec.structs.replace(upgrade(frozen_of(OLD), frozen_of(NEW)), id=key) for key in ("one", "two"))
    one = msgspec.structs.replace(one, body={**one.body, "over": ["two"]})
    two = msgspec.structs.replace(two, body={**two.body, "over": ["one"]})
    assert upgrades_in_effect((one, two)) == (one, two)


def test_what_is_not_here_is_told_and_looked_for_in_what_is() -> None:
    texts = choose_texts({ID: read_of(NEW)}, [], ledger_of(CODED))
    assert text_of(texts) == NEW.text
    assert "the text in which 1 passages were judged is not here" in str(texts.notices[0])
    missing = upgrade(frozen_of(OLD), frozen_of(RIVAL))
    texts = chosen(CODED, missing)
    assert text_of(texts) == OLD.text
    assert "the text that was accepted for it is not here" in str(texts.notices[0])


def test_a_fresh_reading_that_is_the_judged_text_needs_no_frozen_one() -> None:
    texts = choose_texts({ID: read_of(OLD)}, [], ledger_of(CODED))
    assert (text_of(texts), texts.notices) == (OLD.text, ())


def offers(*judgments: Judgment, fresh: Document = NEW, frozen: tuple[FrozenText, ...] = ()) -> list[Any]:
    kept = frozen or (frozen_of(OLD),)
    texts = chosen(*judgments, fresh=fresh, frozen=kept)
    return [offer for offer, _ in find_offers(texts, {ID: read_of(fresh)}, kept, ledger_of(*judgments))]


def test_another_reading_is_offered_with_what_it_would_do() -> None:
    gone = judged(OLD, "Pada bulan berikutnya kelompok bertemu lagi")
    fresh = make_document(LONG.replace("Pada bulan berikutnya kelompok bertemu lagi.", ""), reader="reader 2")
    (offer,) = offers(CODED, gone, fresh=fresh)
    assert (offer.report, offer.file, offer.reader) == (ID, "corpus/a.pdf", "reader 2")
    assert (offer.found, offer.otherwise, offer.orphans, offer.same_words) == (1, 0, (gone.id,), False)
    assert "1 judged passages would be found again, 0 of them in other words; 1 would have no place" in str(
        offer.told()
    )
    assert offer.short in str(offer.told())


def test_the_same_words_with_another_structure_are_offered_as_such() -> None:
    (offer,) = offers(CODED, fresh=msgspec.structs.replace(OLD, sections=(), paragraphs=(), sentences=()))
    assert offer.same_words
    assert "the same words" in str(offer.told())


def test_words_read_otherwise_are_counted() -> None:
    noisy = make_document(LONG.replace("Keluarga menyusun rencana", "Ke1uarga menyu5un rencana"))
    coded = judged(noisy, "Ke1uarga menyu5un rencana usaha bersama.")
    (offer,) = offers(coded, fresh=NEW, frozen=(frozen_of(noisy),))
    assert (offer.found, offer.otherwise, offer.orphans) == (1, 1, ())


def test_nothing_is_offered_without_judgments_nor_what_was_given_up_nor_the_same() -> None:
    both = (frozen_of(OLD), frozen_of(NEW))
    assert offers() == []
    assert offers(CODED, fresh=OLD) == []
    assert offers(CODED, upgrade(*both), fresh=OLD, frozen=both) == []


def test_passages_without_a_place_are_listed_and_told() -> None:
    lost = judged(make_document("Kalimat yang tidak ada di naskah lain."), "Kalimat yang tidak ada", kind="memo")
    found = find_lost(ledger_of(CODED, lost), {ID: OLD})
    assert [(one.judgment, one.person, one.kind) for one in found] == [(lost.id, "ani", "memo")]
    assert "“Kalimat yang tidak ada”, judged by ani, has no place" in str(found[0].told())
    damaged = msgspec.structs.replace(CODED, body={**CODED.body, "anchor": {"quote": 7}})
    assert [one.judgment for one in find_lost(ledger_of(damaged), {ID: OLD})] == [damaged.id]
    assert find_lost(ledger_of(lost), {}) == []


def test_the_order_of_files_and_judgments_decides_nothing() -> None:
    frozen = [frozen_of(OLD), frozen_of(NEW), frozen_of(RIVAL), frozen_of(of_colleague(OLD), "x")]
    judgments = [CODED, judged(RIVAL, "Hasilnya", "budi"), judged(NEW, "Hasilnya", "cici")]
    seeded = random.Random(3)
    outcomes = set()
    for _ in range(12):
        seeded.shuffle(frozen)
        seeded.shuffle(judgments)
        texts = choose_texts({ID: read_of(NEW)}, frozen, ledger_of(*judgments))
        outcomes.add((text_of(texts), tuple(texts.aliases.items()), tuple(map(str, texts.notices))))
    assert len(outcomes) == 1
