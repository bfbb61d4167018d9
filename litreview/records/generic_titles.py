"""Titles that many publications have ("Editorial", "Pendahuluan", "前言"): they tell nothing of their own. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from litreview.records.comparable import IDEOGRAPH, STOP_WORDS, title_tokens

_WORD_LIST = """
editorial not available board introduction introductory preface foreword abstract abstracts index indexes letter letters
editor editors book books review reviews reviewers reply replies response erratum errata corrigendum correction
corrections comment comments commentary obituary obituaries news newsletter table contents front back matter
cover acknowledgements acknowledgments author authors issue special guest welcome message president presidential
address calendar events announcement announcements annual meeting proceedings poster posters oral presentation
presentations session sessions conference program programme supplement untitled title none report reports case
notes note summary conclusion discussion perspective perspectives viewpoint journal club correspondence
highlights appendix pendahuluan kata pengantar daftar isi resensi tinjauan buku redaksi redaksional ralat
abstrak sampul laporan prosiding penelitian halaman judul ucapan terima kasih penutup kesimpulan saran lampiran
surat pembaca tajuk rencana éditorial sommaire préface vorwort einleitung inhalt editoriale prefazione prólogo
introducción presentación reseña índice cartas carta prefácio apresentação resenha önsöz giriş içindekiler
предисловие введение редакции содержание рецензия от письмо редактору аннотация مقدمة افتتاحية كلمة التحرير
الافتتاحية فهرس تمهيد خاتمة
"""
_CALENDAR = """
january february march april may june july august september october november december januari februari maret mei
juni juli agustus oktober desember spring summer autumn winter volume vol no nomor number edisi tahun year
"""
_PHRASE_LIST = "社论 前言 序言 序 编者按 目录 摘要 勘误 书评 编辑部 通知 卷首语 社論 目錄 巻頭言 書評 はじめに 머리말"
_WORDS = frozenset(title_tokens(_WORD_LIST)) | frozenset(title_tokens(_CALENDAR)) | STOP_WORDS
_PHRASES = frozenset("".join(title_tokens(phrase)) for phrase in _PHRASE_LIST.split())


def is_generic(tokens: Sequence[str]) -> bool:
    """Whether a title's words say nothing of their own: none, one sign, or such words with months and numbers alone."""
    whole = "".join(tokens)
    if len(whole) < 2 or whole in _PHRASES:
        return True
    return all(word in _WORDS or word.isdigit() or (len(word) == 1 and not IDEOGRAPH.match(word)) for word in tokens)
