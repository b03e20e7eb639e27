"""Workshops beside the jobs of each province."""

import pandas as pd

from factpress.methods import method_of
from upcm_analysis.registers import tables
from upcm_analysis.topics.workshops import sources
from upcm_analysis.topics.workshops.density import density
from upcm_analysis.vocabulary.results import Made, SoFar


def build(so_far: SoFar) -> Made:
    """Make the density of workshops of each province that they are counted of."""
    read, counted = sources.cells(so_far.edition), sources.counts(so_far.edition)
    figures = so_far.figures
    of_all = (figures.cluster == "") & (figures.product_group == "")
    own = figures[of_all & (figures.indicator == "jobs_k")].merge(counted, left_on="place", right_on="province")
    made = own.assign(
        indicator="workshops_per_k_jobs",
        method=method_of(density).id,
        value=list(map(density, own.workshops, own.value)),
        low=list(map(density, own.workshops, own.high)),
        high=list(map(density, own.workshops, own.low)),
        inputs=pd.Series([tuple(tables.cell_names(read))] * len(own), index=own.index, dtype=object),
    )
    return Made(made[figures.columns], {"workshops": counted}, cells=read)
