"""Light stems: words that differ only by affixes get the same key, without a dictionary.

An Indonesian key is not a root that a dictionary knows. Nasal prefixes hide the first consonant of a root
(me-tulis → menulis), so a key writes it in one way whichever form stood in the text: p and m, t and n, before a vowel
fall together, k before a vowel falls away. Cue and text pass through the same function, so only equality matters.
Dictionary stemmers over-cut (berikan to ikan, the island of Bali to a root); names are never passed in here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from litreview.language.tokens import word_set

CACHE_SIZE = 60_000
_KEEP = word_set(
    """adalah akan antara bagian bahkan bahan baikan balai bagi bali beban belakangan beberapa berani bukan bulan dalam
    dan dapat demikian dengan depan dia di dini diri ialah ikan ini inti inovasi itu jalan jangan jawaban juga
    kali kalian kami kapan kawan kekuatan keluarga kebun kecuali kemudian kepada kesan kini kita kondisi kurun kader
    lagi lain lapangan lawan maka makan makanan malah mandiri mari masalah masih melainkan merah meja
    menteri mereka mental merdeka merana meski musim nanti olah oleh padahal pekan pelan pasti pedoman
    pemda pendek penting perangkat perempuan pernah peran perlu pertama peserta pesan petani petang potensi
    program rajin relasi roti saling salah sangat sebab sebagai sehari sekali sekarang sekolah selain selalu
    seperti sepeda serta setiap sesuai siang siapa sudah tahun taman tani teman tempat tenang tengah tentang
    tenaga terima terlalu tetapi tujuan uang ulang walaupun yaitu yakni"""
)
_MADE = {  # forms whose rule-made key would miss the rest of their family
    "memotivasi": "motivasi", "termotivasi": "motivasi", "bermotivasi": "motivasi", "dimotivasi": "motivasi",
    "memotivasinya": "motivasi", "pemotivasi": "motivasi", "mengatasi": "atas", "diatasi": "atas",
    "teratasi": "atas",
    "membatasi": "batas", "dibatasi": "batas", "mengawasi": "awas", "diawasi": "awas", "belajar": "ajar",
    "pembelajaran": "ajar", "pelajaran": "ajar", "bekerja": "kerja", "pekerja": "kerja", "pekerjaan": "kerja",
    "bekerjanya": "kerja", "mempekerjakan": "kerja", "memberikan": "beri", "diberikan": "beri", "memberi": "beri",
    "diberi": "beri", "pemberian": "beri", "berikan": "beri", "terbatas": "batas", "keterbatasan": "batas",
    "mengetahui": "tahu", "diketahui": "tahu", "pengetahuan": "tahu", "ketahui": "tahu", "mengevaluasi": "evaluasi",
    "dievaluasi": "evaluasi", "beda": "beda", "berbeda": "beda", "perbedaan": "beda", "berusaha": "usaha",
    "diusahakan": "usaha", "mengusahakan": "usaha", "pengusaha": "usaha", "percaya": "percaya",
    "kepercayaan": "percaya",
    "mempercayai": "percaya", "dipercaya": "percaya", "memercayai": "percaya", "mengubah": "ubah",
    "merubah": "ubah",
    "berubah": "ubah", "perubahan": "ubah", "diubah": "ubah", "berperan": "peran", "peranan": "peran",
    "perannya": "peran", "berpotensi": "potensi", "ketidakpastian": "takpasti", "menyatakan": "nyata",
    "nyari": "cari", "mencari": "cari", "nyoba": "coba", "mencoba": "coba", "terima": "terima",
    "menerima": "terima",
    "diterima": "terima", "penerimaan": "terima", "penerima": "terima", "keikutsertaan": "ikut",
    "kerjaan": "kerja", "perubahannya": "ubah", "didik": "didik", "dididik": "didik", "perempuan": "perempuan",
    "sekolah": "sekolah", "bersekolah": "sekolah", "menyekolahkan": "sekolah", "ajar": "ajar",
    "pelajar": "ajar", "rujukan": "rujuk",
    "berkunjung": "kunjung", "kemauan": "mau", "pengajuan": "aju", "pendaftaran": "daftar", "berdiskusi": "diskusi",
    "keinginan": "ingin", "berkeinginan": "ingin", "menginginkan": "ingin", "beri": "beri", "tekanan": "tekan",
    "keberanian": "berani", "memberanikan": "berani", "perilaku": "perilaku", "berperilaku": "perilaku",
    "peluang": "peluang",
    "berpeluang": "peluang", "keluh": "keluh", "keluhan": "keluh", "pengaruh": "pengaruh", "mencapai": "capai",
    "tercapai": "capai",
    "dicapai": "capai", "memakai": "pakai", "dipakai": "pakai", "menilai": "nilai", "dinilai": "nilai",
    "menyampaikan": "sampai",
    "disampaikan": "sampai", "tersampaikan": "sampai", "berpendidikan": "didik", "kelahiran": "lahir",
    "pinjaman": "pinjam",
    "mandiri": "mandiri", "kemandirian": "mandiri",
    "memandirikan": "mandiri", "termandirikan": "mandiri", "kesulitan": "sulit", "mempersulit": "sulit",
}  # fmt: skip
_VOWELS = "aiueo"
_FOREIGN = re.compile(r"(?:[aeiou]si|[nl]si|omi|ogi)$")
_PREFIXES = re.compile(
    r"^(?:(?P<ke>keber(?=.*an$)|keter(?=.*an$)|ke(?=..+an$))"
    r"|(?P<pe>pember|peng|pem(?![bp]er)|peny|pen|per(?![aeiou])|pe(?=..+an$|l|r[aeiou]|w))"
    r"|(?P<me>member(?!i)|memper|meng|mem|meny|men|me)|(?P<di>diper|diber(?!i)|di)|(?P<ber>ber)|(?P<ter>ter))"
)
_CLITIC = re.compile(r"(?:nya|lah|kah|pun|ku|mu)$")


def form(word: str) -> str:
    """A lower-case word without clitics (-nya, -lah, -kah, -pun, -ku, -mu) and without its doubling."""
    return _form(word.lower())


def stem(word: str, language: str) -> str:
    """The key of a word (any case) in a language (`id` or `en`)."""
    if language == "en":
        return _english(word.lower())
    return _indonesian(_form(word.lower()))


@lru_cache(maxsize=CACHE_SIZE)
def _form(word: str) -> str:
    half, _, other = word.partition("-")
    if other and half in other:
        word = half if other == half or len(half) > 3 else other
    if word in _KEEP or len(word) < 6:
        return word
    cut = _CLITIC.sub("", word)
    if cut.endswith(("kan", "an", "i")) or cut != word:
        return cut if len(cut) >= 3 and not _only_looks_like_clitic(word, cut) else word
    return word


def _only_looks_like_clitic(word: str, cut: str) -> bool:
    """True for roots that end as clitics do: sekolah, masalah, jumlah, laku, buku, waktu, ilmu, hanya."""
    if word.endswith("tanya"):
        return True
    if word.endswith(("ku", "mu")):
        return not cut.endswith(("an", "kan", "si", "ak", "uarga"))
    return word.endswith(("lah", "kah", "pun")) and word in _LOOKS_LIKE


_LOOKS_LIKE = word_set(
    """sekolah masalah jumlah istilah makalah wilayah kuliah olah lelah salah bermasalah mengolah pengolah jumlah
    berjumlah kelola langkah berkah nikah menikah pernikahan hikmah ataupun walaupun meskipun adapun himpun
    menghimpun dihimpun terhimpun perilaku"""
)


@lru_cache(maxsize=CACHE_SIZE)
def _indonesian(word: str) -> str:
    if word in _MADE:
        return _neutral(_MADE[word])
    if word in _KEEP or len(word) < 4 or not word.isalpha():
        return _neutral(word) if word.isalpha() and word not in _KEEP else word
    match = _PREFIXES.match(word)
    if match is None:
        return _neutral(_suffix(word, ""))
    kind = str(match.lastgroup)
    rest = word[match.end() :]
    if len(rest) < 3 or not any(v in rest for v in _VOWELS) or _left_short(rest, kind):
        return _neutral(_suffix(word, ""))
    return _neutral(_suffix(_restored(match.group(), rest), kind))


def _left_short(rest: str, kind: str) -> bool:
    """A three-letter remainder is a root only after a clear prefix (dibeli, but not seni, kera, pesan)."""
    return len(rest) <= 3 and kind not in ("di", "ber", "ter", "me")


def _restored(prefix: str, rest: str) -> str:
    """Put back the consonant that a nasal prefix took: mem-akai → pakai, meny-ampaikan → sampaikan."""
    if rest[0] not in _VOWELS:
        return rest
    if prefix.endswith("ny"):
        return "s" + rest
    if prefix in ("mem", "pem"):
        return "p" + rest
    if prefix in ("men", "pen"):
        return "t" + rest
    if prefix in ("member", "memper", "pember", "keber", "diper", "diber", "pemer"):
        return rest
    return rest


def _suffix(word: str, kind: str) -> str:
    """Cut -kan, -an, -i where the rest is long enough; pe- and ke- go with -an, so 'didikan' keeps its k."""
    least = 3 if kind else 4
    if word.endswith("kan") and kind not in ("pe", "ke") and len(word) - 3 >= least:
        return word[:-3]
    if word.endswith("an") and len(word) - 2 >= max(least, 3):
        return word[:-2]
    if kind and word.endswith("i") and len(word) - 1 >= 4 and not _FOREIGN.search(word):
        return word[:-1]
    return word


def _neutral(word: str) -> str:
    """One spelling for consonants that nasal prefixes hide (see the module)."""
    if len(word) < 4 or word[1] not in _VOWELS:
        return word
    if word[0] == "k":
        return word[1:] if len(word) > 4 else word
    return {"m": "p", "n": "t"}.get(word[0], word[0]) + word[1:]


@lru_cache(maxsize=CACHE_SIZE)
def _english(word: str) -> str:
    return str(_stemmer().stemWord(word.replace("’", "'")))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
