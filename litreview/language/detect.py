"""The language of a short stretch of text, cheaply: Indonesian, English, or another.

Function words decide. They are frequent, they do not overlap between the two languages, and a sentence without any
is most often a name, a number or a table cell. Sentences of other languages of Indonesia (Javanese, Sundanese) share
some words with Indonesian, so their own commonest words are counted against it.
"""

from __future__ import annotations

INDONESIAN = frozenset(
    [
        "yang", "dan", "di", "dari", "untuk", "dengan", "pada", "dalam", "ini", "itu", "adalah", "tidak", "ada",
        "oleh", "juga", "akan", "dapat", "telah", "sebagai", "karena", "bisa", "mereka", "kami", "kita", "saya",
        "kamu", "dia", "atau", "lebih", "sudah", "belum", "agar", "bahwa", "secara", "para", "maka", "sehingga",
        "jika", "kalau", "tetapi", "namun", "serta", "hanya", "antara", "setiap", "masih", "lagi", "seperti",
        "ketika", "saat", "hal", "harus", "ke", "per", "bukan", "tanpa", "sangat", "lain", "maupun", "menjadi",
        "merupakan", "yaitu", "yakni", "tersebut", "terhadap", "tentang", "melalui", "hingga", "sampai", "bagi",
        "sering", "oleh", "pun", "dua", "tiga", "satu", "bapak", "ibu", "orang", "banyak", "anak", "keluarga",
        "penelitian", "program", "pendamping", "masyarakat", "hasil", "berdasarkan", "dilakukan", "apa", "siapa",
        "bagaimana", "mengapa", "kenapa", "dimana", "kapan", "biar", "sama", "udah", "nggak", "gak", "enggak", "ya",
        "kan", "memang", "punya", "mau", "jadi", "terus", "baru", "waktu", "semua", "beberapa", "sebelum",
        "setelah", "selama", "hari", "tahun", "bulan", "nya", "pula", "demikian", "oleh", "guna",
    ]
)
ENGLISH = frozenset(
    [
        "the", "of", "and", "to", "in", "is", "that", "for", "it", "as", "was", "with", "on", "be", "by", "this",
        "are", "from", "at", "which", "or", "an", "were", "not", "have", "has", "had", "their", "they", "but",
        "its", "we", "our", "can", "been", "these", "will", "would", "may", "more", "than", "also", "between",
        "such", "who", "when", "what", "how", "there", "where", "into", "her", "his", "he", "she", "you", "i", "my",
        "me", "them", "us", "if", "no", "do", "does", "did", "because", "after", "before", "each", "other", "only",
        "most", "some", "any", "all", "both", "about", "over", "under", "while", "however", "therefore", "thus",
        "through", "during", "among", "whether", "being", "out", "up", "very", "one", "two", "three",
    ]
)
OTHER = frozenset(
    [
        "kulo", "kula", "kowe", "panjenengan", "inggih", "nggih", "mboten", "ora", "iku", "iki", "kuwi", "sing",
        "karo", "wis", "durung", "arep", "dadi", "nanging", "yen", "menawa", "kaliyan", "saking", "dhateng",
        "wonten", "niki", "niku", "sampun", "dereng", "badhe", "saged", "piyambak", "awake", "dewe", "opo", "piye",
        "ngendi", "abdi", "kuring", "anjeun", "maneh", "aranjeunna", "henteu", "teu", "sareng", "ku", "ka", "ti",
        "anu", "éta", "eta", "ieu", "keur", "bade", "parantos", "acan", "tiasa", "ogé", "oge", "nyaeta", "mun",
        "upami", "urang", "naon", "kumaha", "pisan", "atuh", "jeung", "de", "la", "le", "les", "des", "et", "du",
        "une", "est", "que", "en", "el", "los", "las", "y", "un", "por", "con", "para", "der", "die", "das", "und",
        "den", "von", "mit", "nicht",
    ]
)
_STRIP = ".,;:!?()[]{}\"'“”‘’«»…–—-"


def detect_language(text: str) -> str:
    """`id`, `en`, or `other` when neither is in the lead (numbers, names, further languages)."""
    words = text.lower().split()
    indonesian = sum(map(INDONESIAN.__contains__, words))
    english = sum(map(ENGLISH.__contains__, words))
    if indonesian == english or min(indonesian, english) or len(words) < 6:
        words = [word.strip(_STRIP) for word in words]
        indonesian = sum(map(INDONESIAN.__contains__, words))
        english = sum(map(ENGLISH.__contains__, words))
    other = sum(map(OTHER.__contains__, words))
    if max(indonesian, english) <= other:
        return "other" if other else _by_shape(words)
    if indonesian == english:
        return _by_shape(words)
    return "id" if indonesian > english else "en"


_PREFIXES = ("ber", "ter", "meng", "mem", "men", "peng", "pem", "pen", "ke", "di", "se")
_SUFFIXES = ("kan", "nya", "an", "asi", "itas")
_ENGLISH_SUFFIXES = ("tion", "ing", "ment", "ity", "ness", "ous", "ive", "ed", "ly", "ies", "ance", "ence")


def _by_shape(words: list[str]) -> str:
    """Without function words, affixes decide."""
    indonesian = sum(word.startswith(_PREFIXES) and word.endswith(_SUFFIXES) for word in words if len(word) > 5)
    english = sum(word.endswith(_ENGLISH_SUFFIXES) for word in words if len(word) > 5)
    if indonesian == english:
        return "other"
    return "id" if indonesian > english else "en"
