"""The panel: who answered what on the innovation functions, as arrays to calculate with."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factpress.codelists import codelist

#: What a score is about.
ITEM = ["cluster", "scheme", "function"]


@dataclass(frozen=True, eq=False)
class Panel:
    """`given` [respondent, item, score]: how often each respondent gave each score; `asked` [respondent, item]: of how many.

    What was asked and has no score is unknown. `items` are (cluster, scheme, function); `kind` is of each respondent the place
    of its stakeholder type in `kinds`. Respondents stand in an order of their own that does not depend on their names.
    """

    respondents: np.ndarray
    kinds: list[str]
    kind: np.ndarray
    items: pd.MultiIndex
    given: np.ndarray
    asked: np.ndarray

    @property
    def answered(self) -> np.ndarray:
        """[respondent, item]: how many questions have a score."""
        return self.given.sum(axis=2)

    @property
    def known(self) -> np.ndarray:
        """[respondent, item]: whether the respondent gave any score."""
        return self.answered > 0


def panel(answers: pd.DataFrame) -> Panel:
    """The panel of a table of answers: `respondent`, `stakeholder_type`, the columns of `ITEM`, `score` (NaN for unknown)."""
    clusters = list(codelist("clusters").index)
    found = {tuple(row) for row in answers[ITEM].itertuples(index=False)}
    items = pd.MultiIndex.from_tuples(sorted(found, key=lambda item: (clusters.index(item[0]), *item[1:])), names=ITEM)
    types = answers.drop_duplicates("respondent").set_index("respondent").stakeholder_type
    kinds = [kind for kind in codelist("stakeholder_types").index if kind in set(types)]
    rows, columns = (
        types.index.get_indexer(pd.Index(answers.respondent)),
        items.get_indexer(pd.MultiIndex.from_frame(answers[ITEM])),
    )
    scores = len(codelist("function_scores"))
    given, asked = np.zeros((len(types), len(items), scores)), np.zeros((len(types), len(items)))
    np.add.at(asked, (rows, columns), 1)
    known = answers.score.notna().to_numpy()
    np.add.at(given, (rows[known], columns[known], answers.score[known].astype(int).to_numpy() - 1), 1)
    kind = np.array([kinds.index(name) for name in types], dtype=int)
    # By what they answered: so that who is called what, or stands where in the table, changes nothing.
    order = np.lexsort([*given.reshape(len(types), -1).T, *asked.T, kind])
    return Panel(types.index.to_numpy()[order], kinds, kind[order], items, given[order], asked[order])


def resampled(kind: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """How often each respondent counts in each draw [draw, respondent]: respondents of each kind, drawn with replacement.

    Of n of a kind n - 1 are drawn, each for n / (n - 1), so that small groups do not look more certain than they are (Rao, Wu
    1988). One alone of its kind counts once in every draw: how far others would differ from it is unknown.
    """
    rng, times = np.random.default_rng(seed), np.ones((draws, len(kind)))
    for one in np.unique(kind):
        own = np.flatnonzero(kind == one)
        if (count := len(own)) > 1:
            drawn = rng.multinomial(count - 1, np.full(count, 1 / count), size=draws)
            times[:, own] = drawn * count / (count - 1)
    return times
