"""A sample: blocks of every sort, which load what pages load at first use."""

from factpress.blocks import Block
from factpress.languages import LANGUAGES
from upcm_analysis import publication
from upcm_analysis.registers.assumptions import assumptions
from upcm_analysis.vocabulary.subjects import clusters, provinces

SAID = "{subject}: {jobs_k}, {jobs_k_share}"
MORE = "{subject}: {jobs_k}, {jobs_k_rank}, {organisations_0_50_pct:band}"


def of(edition: str, language: str) -> list[Block]:
    """Return blocks of pages about a province and a cluster, those that there are in this edition."""
    assumptions()
    page = publication.open("province", edition, language, provinces()[0].slug)
    ranked = publication.open("cluster", edition, language, clusters()[0].slug)
    said, more = dict.fromkeys(LANGUAGES, SAID), dict.fromkeys(LANGUAGES, MORE)
    blocks = [
        page.lead(**said),
        page.key_figures("jobs_k", "co2_kt"),
        page.note(title=dict.fromkeys(LANGUAGES, "-"), text=said),
        page.share_bars("jobs_k", "co2_kt", **said),
        page.map("co2_kt", **said),
        page.comparison("jobs_k", **said),
        ranked.sentence(**more),
        ranked.parts("organisations_0_50_pct", "organisations_51_100_pct", "organisations_over_100_pct", **more),
        ranked.multiples("value_added_meur", "co2_kt", **more),
        ranked.ranking("jobs_k", **more),
        ranked.profile("jobs_k", "co2_kt", **more),
        ranked.part_of_whole("co2_kt", "co2_reduction_kt", "co2_reduction_pct", **more),
        page.regions.anchored("co2_anchored_kt", "co2_kt", **said),
        page.regions.ranges("group_share_pct", **said),
        page.regions.estimates("jobs_k", "co2_kt", cluster="materialen", **said),
        page.overview("jobs_k", "co2_per_value_added_kg_eur", **said),
    ]
    return [block for block in blocks if block]
