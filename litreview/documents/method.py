"""The design of a study, by rule, with the words that say so."""

from __future__ import annotations

DESIGNS = {
    "qualitative-descriptive": "qualitative",
    "case-study": "qualitative",
    "phenomenology": "qualitative",
    "ethnography": "qualitative",
    "grounded-theory": "qualitative",
    "narrative-inquiry": "qualitative",
    "action-research": "qualitative",
    "qualitative-other": "qualitative",
    "survey": "quantitative",
    "experiment": "quantitative",
    "quantitative-other": "quantitative",
    "mixed-methods": "mixed",
    "literature-review": "review",
}
