"""Are two records one publication? The rules on a pair, each with its reason. Pure.

Fields are held against each other first (`Evidence`: they agree, differ, or one is not told), then rules read from it.
What databases disagree on by habit (a year by one, an abbreviated journal, pages from 1) is no difference; two real
differences are more than one error, and are not followed.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.records.evidence import (
    AGREE,
    DIFFER,
    NEAR,
    TEAM,
    UNTOLD,
    Evidence,
    one_team,
    same_abstract,
    told,
    weigh,
    years_apart,
)
from litreview.records.features import Features
from litreview.records.titles import TitleLikeness, begins_alike, compare_titles, notices_agree, tells_otherwise

LONG_TITLE_WORDS = 8
SAME_DOI_RATIO, SAME_PLACE_RATIO = 80.0, 70.0
STUDY_YEARS = 3
ARTICLE_PAGES = (3, 100)  # fewer are the abstract of a talk, more are all abstracts of a conference


class Likeness(IntEnum):
    """What the rules say of a pair."""

    DIFFERENT = 0
    STUDY = 1  # two publications that seem to tell of one study
    UNSURE = 2
    SAME = 3


class Finding(NamedTuple):
    """The rules' word on a pair; the lower `rank`, the stronger the reason for SAME."""

    likeness: Likeness
    rank: int = 9
    why: Message | None = None


DIFFERENT = Finding(Likeness.DIFFERENT)


def compare(one: Features, other: Features) -> Finding:
    """The rules on a pair of records, strongest agreement first. The order of the two changes only whom `why` names."""
    if one.doi and one.doi == other.doi:
        return _same_doi(one, other)
    titles = compare_titles(one, other)
    if titles is TitleLikeness.OTHER and not _may_be_printed_together(one, other):
        return DIFFERENT
    found = weigh(one, other)
    if two_forms(one, other):
        return _one_study(one, other, titles, found)
    if not notices_agree(one, other):  # one place in print outweighs a word that a database lost
        printed = titles is TitleLikeness.SAME and found.place and found.authors
        return _same_title(one, other, found) if printed else DIFFERENT
    if titles is TitleLikeness.SAME:
        rule = _same_generic if one.generic else _same_short if one.short or other.short else _same_title
        return rule(one, other, found)
    cut = titles is TitleLikeness.BEGINS and (one.truncated or other.truncated)
    if titles is TitleLikeness.OTHER or (not cut and tells_otherwise(one, other)):
        return _same_printing(one, other, found)
    if titles is TitleLikeness.BEGINS:
        return _title_begins_alike(one, other, found)
    return _near_title(one, other, found, titles)


def two_forms(one: Features, other: Features) -> bool:
    """Whether one is a thesis or a preprint and the other an article: two publications, perhaps of one study."""
    return (one.article and (other.thesis or other.preprint)) or (other.article and (one.thesis or one.preprint))


def talk_and_article(one: Features, other: Features) -> bool:
    """Whether one is told to be of a conference and does not fill pages, and the other is not and does."""
    talk, article = (one, other) if one.talk else (other, one)
    if not talk.talk or article.talk or article.supplement:
        return False
    return talk.pages.extent < ARTICLE_PAGES[0] and ARTICLE_PAGES[0] <= article.pages.extent <= ARTICLE_PAGES[1]


def forbidden(one: Features, other: Features) -> bool:
    """Whether something speaks so strongly against a pair that no chain of others may join it: two forms, titles that
    tell of different things, another kind of notice, or two places in print."""
    if one.doi and one.doi == other.doi:
        return False
    if two_forms(one, other):
        return True
    found = weigh(one, other)
    if found.page != AGREE and (found.against > 1 or found.year == DIFFER or talk_and_article(one, other)):
        return True
    if one.compact == other.compact or not one.key or not other.key:
        return False
    if one.truncated or other.truncated:
        return not (begins_alike(one, other) if one.truncated else begins_alike(other, one))
    if found.place and found.author == AGREE:
        return False
    return not notices_agree(one, other) or tells_otherwise(one, other)


def differing(one: Features, other: Features) -> bool:
    """Whether a pair is forbidden, or told by some field to be two publications."""
    return forbidden(one, other) or bool(weigh(one, other).against and compare(one, other).likeness != Likeness.SAME)


# --- Rules by what agrees ---


def _same_doi(one: Features, other: Features) -> Finding:
    """Same DOI: one publication, unless the titles are clearly others and nothing else speaks for it (the DOI of a
    whole volume, or a mistyped one)."""
    from rapidfuzz import fuzz

    found = weigh(one, other)
    reason = message("Same DOI as {place}: {doi}.", place=other.record.place, doi=other.doi)
    if not notices_agree(one, other) and not found.place:
        return _unsure(message("Same DOI as {place}, but only one is a notice such as an erratum or a reply.",
                               place=other.record.place))  # fmt: skip
    titles = compare_titles(one, other)
    if titles in (TitleLikeness.SAME, TitleLikeness.BEGINS) or not one.key or not other.key:
        return _same(0, reason)
    apart = tells_otherwise(one, other) and found.page == DIFFER
    alike = fuzz.ratio(one.compact, other.compact) >= SAME_DOI_RATIO
    translated = found.author == AGREE and found.dated and found.page != DIFFER
    if (alike and not apart) or translated:
        return _same(0, reason)
    if found.author == DIFFER and not alike:
        return DIFFERENT
    return _unsure(message("Same DOI as {place}, but another title.", place=other.record.place))


def _same_title(one: Features, other: Features, found: Evidence) -> Finding:
    """Same title, not a generic one."""
    place = other.record.place
    if found.place and (found.venue != DIFFER or (found.year != DIFFER and found.author != DIFFER)):
        return _same(1, message("Same title, volume and first page as {place}.", place=place))
    if found.author == DIFFER:
        return _other_author(one, other, found)
    if found.page == AGREE and found.year != DIFFER and _page_suffices(found):
        return _same(2, message("Same title and first page as {place}; nothing else speaks against it.", place=place))
    if found.page != AGREE and talk_and_article(one, other):
        return _printed_twice(one, other, found._replace(venue=DIFFER))
    if not found.against:
        return _nothing_against(one, other, found)
    if found.against == 1 and found.author == AGREE and _one_slip(one, other, found):
        return _same(6, message("Same title, first author and journal as {place}, in the same volume or issue or with "
                                "the same abstract; one field differs.", place=place))  # fmt: skip
    return _printed_twice(one, other, found)


def _page_suffices(found: Evidence) -> bool:
    """Whether the same first page outweighs what else differs: nothing, or one field where author and year agree."""
    others = (found.venue, found.volume, found.doi).count(DIFFER)
    return others == 0 or (others == 1 and found.authors and found.year == AGREE)


def _other_author(one: Features, other: Features, found: Evidence) -> Finding:
    """Same title, another first author: the same page of the same journal, or a chance."""
    if found.page == AGREE and found.venue == AGREE and found.dated and not found.against:
        return _same(4, message("Same title, journal and first page as {place}; the first authors differ.",
                                place=other.record.place))  # fmt: skip
    if found.against or not found.dated or one.short:
        return DIFFERENT
    return _unsure(message("Same title and year as {place}, but other authors.", place=other.record.place))


def _nothing_against(one: Features, other: Features, found: Evidence) -> Finding:
    """Same title, and no field that both tell differs."""
    place = other.record.place
    if AGREE not in (found.volume, found.page, found.doi) and told(one.issue, other.issue) == DIFFER:
        return _unsure(message("Same title as {place}, but another issue.", place=place))
    if found.author == AGREE and found.year == AGREE:
        return _same(2, message("Same title, first author and year as {place}.", place=place))
    if found.author == AGREE and found.year == NEAR and (_tells_place(one) or _tells_place(other)):
        return _same(3, message("Same title and first author as {place}, years one apart at most.", place=place))
    if found.author == AGREE and found.year == UNTOLD:
        return _same(3, message("Same title and first author as {place}; a year is missing.", place=place))
    if found.author == UNTOLD and found.year == AGREE:
        if found.venue == AGREE or len(one.tokens) >= LONG_TITLE_WORDS:
            return _same(4, message("Same title and year as {place}; an author is missing.", place=place))
    elif found.author == TEAM and same_abstract(one, other):
        return _same(4, message("Same title, authors and abstract as {place}.", place=place))
    return _unsure(message("Same title as {place}, but too little else is told.", place=place))


def _tells_place(look: Features) -> bool:
    return bool(look.volume or look.pages.first or look.doi)


def _one_slip(one: Features, other: Features, found: Evidence) -> bool:
    """Whether the one field that differs is likely an error: all else that tells the issue agrees, or the abstract."""
    if found.venue != DIFFER and found.dated and same_abstract(one, other):
        return True
    if found.venue != AGREE or found.year != AGREE:
        return False
    if found.page == DIFFER:
        return found.volume == AGREE and not (_may_correct(one, other) or _may_correct(other, one))
    return (found.doi if found.volume == DIFFER else found.volume) != DIFFER and told(one.issue, other.issue) == AGREE


def _may_correct(one: Features, other: Features) -> bool:
    """Whether one is a single page after an article of several in the same volume: a correction or a reply may have its
    title."""
    article, note = other.pages, one.pages
    return note.first == note.last and article.first != article.last and _after(note.first, article.last)


def _after(page: str, last: str) -> bool:
    return (len(page), page) > (len(last), last)


def _printed_twice(one: Features, other: Features, found: Evidence) -> Finding:
    """Same title, but printed elsewhere: a talk and its article, a reprint, an erratum, or a yearly report."""
    place = other.record.place
    if not found.authors:
        return DIFFERENT if found.against > 1 else _unsure(
            message("Same title as {place}, but one field differs and an author is missing.", place=place)
        )  # fmt: skip
    if found.venue == DIFFER:
        if years_apart(one, other) > STUDY_YEARS:
            return DIFFERENT
        return _study(
            message("Same title and first author as {place}, but another journal or conference.", place=place)
        )
    if found.against == 1 or same_abstract(one, other):
        return _unsure(
            message("Same title and first author as {place}, but another year, volume, page or DOI.", place=place)
        )
    return DIFFERENT


def _same_generic(one: Features, other: Features, found: Evidence) -> Finding:
    """A title that many publications have ("Editorial"): everything else must agree."""
    authors = found.author == AGREE or (found.author == UNTOLD and found.venue == AGREE)
    if found.place and authors and not found.against and found.dated and told(one.issue, other.issue) != DIFFER:
        return _same(3, message("Same title, first author, year, volume and first page as {place}.",
                                place=other.record.place))  # fmt: skip
    return DIFFERENT


def _same_short(one: Features, other: Features, found: Evidence) -> Finding:
    """A title of a word or two: the same journal or printed place, and author and year."""
    if found.authors and found.dated and (found.place or (not found.against and found.venue == AGREE)):
        return _same(
            3, message("Same title, first author, year and journal or page as {place}.", place=other.record.place)
        )
    if found.place and found.author != DIFFER and found.dated and not found.against:
        return _same(4, message("Same title, volume and first page as {place}.", place=other.record.place))
    if found.authors and found.dated and not found.against:
        return _unsure(
            message("Same title and first author as {place}, but the title is short.", place=other.record.place)
        )
    return DIFFERENT


def _may_be_printed_together(one: Features, other: Features) -> bool:
    """Same volume and first page, or one title missing and the same page: worth a closer look."""
    return bool(one.volume and one.volume == other.volume and one.pages.first and one.pages.first == other.pages.first)


def _same_printing(one: Features, other: Features, found: Evidence) -> Finding:
    """Same first author, year, journal, volume and first page, whatever the title's language, where the record fills
    pages of its own; on one page titles must be alike (abstracts and letters share pages)."""
    from rapidfuzz import fuzz

    own_pages = one.pages.first != one.pages.last and one.pages.last == other.pages.last
    translated = own_pages and (one.translated or other.translated)
    if not (found.place and found.author == AGREE and found.year == AGREE) or found.doi == DIFFER:
        return DIFFERENT
    if found.venue == DIFFER and not translated:  # a journal's name may be translated with the title
        return DIFFERENT
    reason = message("Same first author, year, journal, volume and first page as {place}; the titles differ.",
                     place=other.record.place)  # fmt: skip
    if not one.key or not other.key:
        return _unsure(message("Printed at the same place as {place}, but one has no title.", place=other.record.place))
    if fuzz.ratio(one.key, other.key) >= SAME_PLACE_RATIO and not tells_otherwise(one, other):
        return _same(5, reason)
    if translated or (own_pages and one_team(one, other)):
        return _same(5, reason)
    return _unsure(message("Printed at the same place as {place}, but the titles differ.", place=other.record.place))


def _title_begins_alike(one: Features, other: Features, found: Evidence) -> Finding:
    """One title is the beginning of the other: cut by a search engine, or without its subtitle."""
    place = other.record.place
    cut = one.truncated or other.truncated
    if found.author == DIFFER:
        return DIFFERENT
    if found.place and found.author == AGREE:
        return _same(5, message("Same title as {place} but for the subtitle; same first author and page.", place=place))
    if found.against:
        return _printed_twice(one, other, found) if found.author == AGREE and found.venue == DIFFER else DIFFERENT
    long = min(len(one.tokens), len(other.tokens)) >= LONG_TITLE_WORDS
    dated = found.dated or (found.year == UNTOLD and long)
    if cut and long and found.author == UNTOLD and found.year == AGREE and found.venue == AGREE:
        return _same(6, message("The title is cut off, but begins like that of {place}; same year and journal, an "
                                "author is missing.", place=place))  # fmt: skip
    if cut and found.author == AGREE and dated:
        return _same(5, message("The title is cut off, but begins like that of {place}; same first author, "
                                "no other year.", place=place))  # fmt: skip
    if found.author == AGREE and found.year == AGREE and (found.venue == AGREE or same_abstract(one, other)):
        return _same(5, message("Same title as {place} but for the subtitle; same first author, year and journal.",
                                place=place))  # fmt: skip
    return _unsure(message("The title begins like that of {place}.", place=place))


def _near_title(one: Features, other: Features, found: Evidence, titles: TitleLikeness) -> Finding:
    """Titles with misprints, or with words that look alike."""
    place = other.record.place
    printed = found.page == AGREE and (found.volume == AGREE or found.venue == AGREE) and found.author != DIFFER
    if printed and found.year != DIFFER:
        return _same(
            6, message("Nearly the same title as {place}, at the same volume or journal and page.", place=place)
        )
    if found.author == DIFFER or found.year == DIFFER:
        return DIFFERENT
    if found.against:
        return (
            _printed_twice(one, other, found)
            if found.author == AGREE and titles is TitleLikeness.MISPRINT
            else DIFFERENT
        )
    if found.author == AGREE and found.dated and (titles is TitleLikeness.MISPRINT or same_abstract(one, other)):
        return _same(7, message("Nearly the same title as {place}; same first author, years one apart at most.",
                                place=place))  # fmt: skip
    return _unsure(message("Nearly the same title as {place}.", place=place))


def _one_study(one: Features, other: Features, titles: TitleLikeness, found: Evidence) -> Finding:
    """A thesis or preprint, and an article: of one study where title and author agree."""
    alike = titles is not TitleLikeness.OTHER and not (titles is not TitleLikeness.SAME and tells_otherwise(one, other))
    if not alike or not found.authors or one.generic or not notices_agree(one, other):
        return DIFFERENT
    if years_apart(one, other) > STUDY_YEARS:
        return DIFFERENT
    if one.thesis or other.thesis:
        return _study(
            message("Like {place} in title and first author: a thesis and an article.", place=other.record.place)
        )
    return _study(
        message("Like {place} in title and first author: a preprint and an article.", place=other.record.place)
    )


def _same(rank: int, why: Message) -> Finding:
    return Finding(Likeness.SAME, rank, why)


def _unsure(why: Message) -> Finding:
    return Finding(Likeness.UNSURE, why=why)


def _study(why: Message) -> Finding:
    return Finding(Likeness.STUDY, why=why)
