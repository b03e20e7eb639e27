"""How many workshops there are for the jobs of a place."""

from factpress.methods import method


@method("workshops-per-job", status="derived", nl="werkplaatsen per baan", en="workshops per job")
def density(workshops: int, jobs: float) -> float:
    """Return the workshops for every thousand jobs; `jobs` are in thousands.

    Formula: workshops / jobs
    """
    return workshops / jobs
