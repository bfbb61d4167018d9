"""Ids of the codes and voices that an annotation in `sample/texts` may name."""

STRENGTHS = (
    "capacity-to-grow", "strengths-and-assets", "active-participation", "collaboration-and-partnership",
    "hope-and-motivation", "environment-as-resource", "adversity-as-resource", "self-determination",
    "strengths-other",
)  # fmt: skip
DRIVERS = (
    "facilitator-competence", "family-participation", "institutional-support", "government-policy",
    "drivers-other",
)  # fmt: skip
BARRIERS = (
    "economic-social-instability", "low-self-confidence", "limited-education-and-jobs", "facilitator-ratio",
    "facilitator-workload", "data-validation", "lack-of-resources", "schedule-mismatch",
    "subjective-graduation-decision", "ethics-breach", "digital-gap", "reluctance-to-leave",
    "weak-coordination", "weak-facilitator-competence", "barriers-other",
)  # fmt: skip
PROCESS = (
    "initial-meeting", "assessment", "data-updating", "planning", "graduation-preparation", "group-sessions",
    "home-visits", "disbursement", "commitment-verification", "referral-and-advocacy",
    "complaints-and-cases", "monitoring", "graduation", "after-graduation", "process-other",
)  # fmt: skip
OUTCOMES = ("empowerment", "independence", "welfare", "graduation-achieved", "outcomes-other")
LENS = ("deficit-view", "lens-other")

CODES = frozenset(STRENGTHS + DRIVERS + BARRIERS + PROCESS + OUTCOMES + LENS)
VOICES = frozenset({"participant", "author", "cited", "theory", "recommendation"})
