"""A small set of records, written for the tests: social assistance in two languages, and others not about it."""

from __future__ import annotations

from litreview.screening.features import Rankable
from litreview.screening.labelled import LabelledSet

ABOUT = (
    (
        "Conditional cash transfers and school attendance",
        "Families that got cash transfers sent children to school.",
    ),
    ("Cash transfers for poor households", "A trial of conditional cash transfers to mothers in poor households."),
    ("Social facilitators in a cash transfer programme", "Facilitators visit households that receive the transfer."),
    ("Graduation from social assistance", "Households graduate when the cash transfer is no longer needed."),
    (
        "Mothers' meetings and household spending",
        "Beneficiaries of a transfer programme met with facilitators.",
    ),
    ("Pendampingan keluarga penerima manfaat", "Pendamping PKH mengunjungi keluarga penerima bantuan tunai bersyarat."),
    ("Bantuan tunai dan kemandirian keluarga", "Keluarga penerima bantuan tunai didampingi sampai mandiri."),
    ("Peran pendamping sosial dalam PKH", "Pendamping sosial mendampingi keluarga penerima manfaat PKH."),
)
OTHERS = (
    ("Corrosion of steel in sea water", "Steel plates corrode faster where the water is warm."),
    ("Galaxies at high redshift", "We observe spectra of distant galaxies with a new telescope."),
    ("A parser for context-free grammars", "The parser runs in cubic time and uses little memory."),
    ("Photosynthesis in shaded leaves", "Leaves in shade have more chlorophyll than leaves in sun."),
    ("Concrete beams under load", "Beams with fibres crack later than beams without."),
    ("Budidaya ikan lele di kolam terpal", "Pakan dan kualitas air menentukan pertumbuhan ikan lele."),
    ("Analisis kekuatan beton ringan", "Beton ringan diuji dengan beban sampai retak."),
    ("Bintang ganda di langit selatan", "Teleskop mengamati spektrum bintang ganda."),
    ("Solar cells of perovskite", "Cells degrade when moisture enters the layer."),
    ("Migration of arctic birds", "Birds with tags crossed the ocean in four days."),
    ("Sorting networks of small depth", "We search for networks with the fewest comparators."),
    ("Pengolahan limbah cair tahu", "Limbah cair tahu diolah dengan bakteri anaerob."),
    ("Volcanic ash and aircraft engines", "Ash melts in the combustor and blocks the nozzles."),
    ("Enzymes in cold sea water", "Enzymes of bacteria stay active near freezing."),
    ("Jaringan saraf tiruan untuk cuaca", "Curah hujan diramalkan dengan jaringan saraf tiruan."),
    ("Tides in narrow channels", "The tide in the channel is delayed by friction."),
)


def small_set() -> LabelledSet:
    """24 records, 8 of them about social assistance (ids a0 … a7), the others b00 … b15."""
    about = [Rankable(f"a{number}", *texts) for number, texts in enumerate(ABOUT)]
    others = [Rankable(f"b{number:02d}", *texts) for number, texts in enumerate(OTHERS)]
    return LabelledSet((*others[:8], *about, *others[8:]), frozenset(record.id for record in about))
