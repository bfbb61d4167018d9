"""The figures of one review, made once and shown in several outputs."""

from __future__ import annotations

from dataclasses import dataclass

from litreview.protocol import SAMPLE_MARK
from litreview.report.context import ReportContext
from litreview.report.tables import reason_labels


@dataclass(frozen=True)
class Figures:
    """SVG of the concept map and the flow, and the map as GraphML."""

    concept_map: str
    flow: str
    graphml: bytes


def draw_figures(context: ReportContext) -> Figures:
    """Draw map and flow in the language of the outputs. Pure."""
    from litreview.report.flow_svg import flow_svg
    from litreview.report.map_svg import concept_map_graphml, concept_map_svg

    concept_map, language, sample = context.synthesis.concept_map, context.language, context.sample
    graphml = concept_map_graphml(concept_map)
    return Figures(
        concept_map=concept_map_svg(concept_map, context.catalogue, sample),
        flow=flow_svg(context.synthesis.flow, language, sample, context.protocol.type, reason_labels(context)),
        graphml=graphml.replace(b"<graphml", f"<!-- {SAMPLE_MARK} -->\n<graphml".encode(), 1) if sample else graphml,
    )
