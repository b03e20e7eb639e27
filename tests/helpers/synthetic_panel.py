"""Synthetic respondents of known truth, to try the innovation functions on. None of it is an answer that anybody gave."""

import numpy as np
import pandas as pd

from factpress.codelists import codelist
from upcm_analysis.topics.functions.scores import BY_TYPE, Rule
from upcm_analysis.topics.functions.sources import ANSWER, SYNTHETIC

CLUSTERS = ["materialen", "high-tech"]
FUNCTIONS = [f"F{number}" for number in range(1, 9)]
RULE = Rule(8, 2, 3, BY_TYPE, 2, 90, 10, 90)
#: Thresholds between the five scores on the scale of the ordinal model.
CUTS = np.array([-2.0, -0.7, 0.7, 2.0])


def answers(rows) -> pd.DataFrame:
    """Answers from (respondent, type, cluster, question, score): a score of None is unknown."""
    function = codelist("diagnostic_questions").function
    made = [
        (f"{SYNTHETIC}-{who}", kind, cluster, "hekkert-mis", function[question], question, score, "", "", "2026-05-31")
        for who, kind, cluster, question, score in rows
    ]
    return pd.DataFrame(made, columns=ANSWER).astype({"score": float})


def simulated(
    effects, respondents, seed, severity_sd=0.8, clusters=CLUSTERS, functions=FUNCTIONS, kinds=None, missing=0.0
):
    """Answers drawn from the ordinal model: `effects` [cluster, function], and the severity that each respondent was given."""
    rng = np.random.default_rng(seed)
    kinds = kinds or ["company", "knowledge", "government"]
    asked = codelist("diagnostic_questions")
    asked = asked[asked.function.isin(functions)]
    severity = rng.normal(0, severity_sd, respondents)
    who, place, question = (one.ravel() for one in np.indices((respondents, len(clusters), len(asked))))
    level = effects[place, [functions.index(asked.function.iloc[one]) for one in question]] - severity[who]
    score = 1.0 + ((rng.logistic(size=len(who)) + level)[:, None] > CUTS).sum(axis=1)
    score[rng.random(len(who)) < missing] = np.nan
    made = {
        "respondent": [f"{SYNTHETIC}-{one:04d}" for one in who],
        "stakeholder_type": np.array(kinds)[who % len(kinds)],
        "cluster": np.array(clusters)[place],
        "scheme": "hekkert-mis",
        "function": asked.function.to_numpy()[question],
        "question": asked.index.to_numpy()[question],
        "score": score,
        "confidence": "",
        "note": "",
        "date": "2026-05-31",
    }
    return pd.DataFrame(made)[ANSWER], severity


def said(values, kind="company", question="F1-1", cluster="high-tech", start=0):
    return [(f"{start + who:03d}", kind, cluster, question, score) for who, score in enumerate(values)]
