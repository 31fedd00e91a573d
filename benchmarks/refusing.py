"""What tells that a library does not answer: `python benchmarks/refusing.py --shared DIR`.

Each set of features is a logistic regression, fitted on two sets of judged questions and tested on
the third (log-loss, balanced accuracy at .5, area under the curve), then fitted on all three: how
many unanswerable questions get an answer where as many answerable ones do as before. The last
lines are the constants of search_app/refusing.py. DIR holds squad2/, pubmedqa/ and unanswerable/.
With --work FOLDER the indexes are kept there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from judged_answers import Asked, ask_as_told

from search_app.answering import candidates
from search_app.refusing import MOST_EMBEDDED, read_clues

# The share of answerable questions that got an answer when sentences were scored by their own
# vectors: wrong answers are compared at these.
BEFORE = {"starter": 0.83, "pubmedqa": 0.98, "squad2": 0.88}
CHOSEN = ("nearest 2 of 12", "mean of 12", "met, mean")
TRIED = (
    ("first", "first above mean"),
    ("nearest", "mean"),
    ("nearest 2", "mean"),
    ("nearest 3", "mean"),
    ("first in context", "mean in context"),
    ("nearest in context", "mean in context"),
    ("nearest 3 in context", "mean in context"),
    ("met first",),
    ("met first", "met, mean"),
    ("passage",),
    ("met first", "passage"),
    ("least met word",),
    ("nearest of 12", "mean of 12"),
    ("nearest 2 of 12", "mean of 12"),
    ("nearest 2 of 12", "met, mean"),
    CHOSEN,
    (*CHOSEN, "met first"),
    (*CHOSEN, "passage"),
    (*CHOSEN, "said"),
    (*CHOSEN, "least met word"),
    (*CHOSEN, "asked for is there"),
    (*CHOSEN, "unknown word"),
    (*CHOSEN, "ahead of the second"),
)
_NUMBER_ASKED = re.compile(
    r"\b(?:when|what year|how (?:many|much|old|long)|what percent)", re.IGNORECASE
)
_NAME_ASKED = re.compile(r"\b(?:who|whom|whose|where)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|half)\b", re.IGNORECASE
)
_EVEN = 0.5
_NAME = re.compile(r"(?<=\s)[A-Z][a-z]")


@dataclass(frozen=True)
class Set:
    """The features of a set's questions, by name, and whether each is answerable."""

    features: Mapping[str, np.ndarray]
    known: np.ndarray

    def inputs(self, names: Sequence[str]) -> np.ndarray:
        """float64[questions, features + 1]; the last is 1."""
        columns = [self.features[name] for name in names]
        return np.column_stack([*columns, np.ones(len(self.known))])


def main() -> None:
    """Print a table of the features tried, and the constants."""
    sets = {name: _read(some) for name, some in ask_as_told(__doc__, tuple(BEFORE)).items()}
    areas = " | ".join(f"area, {name}" for name in sets)
    wrongly = " | ".join(f"{name}, wrongly at {share}" for name, share in BEFORE.items())
    print(f"\n| features | log-loss | balanced accuracy | {areas} | {wrongly} |")
    print("|---" * (3 + 2 * len(sets)) + "|")
    for names in TRIED:
        _print_row(names, sets)
    for left_out in sets:
        others = [one for name, one in sets.items() if name != left_out]
        print(f"without {left_out}: " + _told(_fit(CHOSEN, others)))
    print("on all: " + _told(_fit(CHOSEN, list(sets.values()))))


def _print_row(names: Sequence[str], sets: Mapping[str, Set]) -> None:
    losses, right, areas, wrongly = [], [], [], []
    on_all = _fit(names, list(sets.values()))
    for name, one in sets.items():
        fitted = _fit(names, [other for other in sets.values() if other is not one])
        chances = _chances(one.inputs(names), fitted)
        losses.append(_log_loss(chances, one.known))
        is_right = (chances >= _EVEN) == one.known
        right.append((is_right[one.known].mean() + is_right[~one.known].mean()) / 2)
        areas.append(_area(chances, one.known))
        wrongly.append(_wrongly(_chances(one.inputs(names), on_all), one.known, BEFORE[name]))
    cells = [f"{fmean(losses):.3f}", f"{fmean(right):.3f}", *(f"{area:.3f}" for area in areas)]
    print(
        f"| {', '.join(names)} | {' | '.join(cells)} | "
        + " | ".join(f"{w:.2f}" for w in wrongly)
        + " |"
    )


def _read(asked: Sequence[Asked]) -> Set:
    able = [one for one in asked if candidates(one.scored)]
    rows = [_features(one) for one in able]
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return Set(columns, np.array([one.is_answerable for one in able]))


def _features(one: Asked) -> dict[str, float]:
    best = candidates(one.scored)
    first = one.scored.index(best[0])
    text = best[0].quote.text
    cosines = np.array([one.meanings[scored.quote.text] for scored in one.scored])
    near, context = np.sort(cosines)[::-1], np.sort(one.in_context)[::-1]
    met = np.array([scored.met for scored in one.scored])
    clues = read_clues(one.near([scored.quote.text for scored in best[:MOST_EMBEDDED]]), one.scored)
    return {
        "first": cosines[first],
        "first above mean": cosines[first] - cosines.mean(),
        "nearest": near[0],
        "nearest 2": near[:2].mean(),
        "nearest 3": near[:3].mean(),
        "mean": cosines.mean(),
        "first in context": one.in_context[first],
        "nearest in context": context[0],
        "nearest 3 in context": context[:3].mean(),
        "mean in context": context.mean(),
        "met first": met[first],
        "met, mean": clues.met,
        "passage": best[0].quote.source.score,
        "said": best[0].said,
        "least met word": one.lowest[first],
        "nearest of 12": one.near([scored.quote.text for scored in best[:12]]).max(),
        "nearest 2 of 12": clues.nearness,
        "mean of 12": clues.usual,
        "asked for is there": _has_what_is_asked(one.question, text),
        "unknown word": float(one.has_unknown),
        "ahead of the second": best[0].score - best[min(1, len(best) - 1)].score,
    }


def _has_what_is_asked(question: str, text: str) -> float:
    """1 or -1 where a number, date or name is asked for, else 0."""
    for asks, finds in ((_NUMBER_ASKED, _NUMBER), (_NAME_ASKED, _NAME)):
        if asks.search(question):
            return 1.0 if finds.search(text) else -1.0
    return 0.0


def _fit(names: Sequence[str], sets: Sequence[Set]) -> np.ndarray:
    """Slopes and constant; each set counts alike, and in it both kinds of question."""
    inputs = np.concatenate([one.inputs(names) for one in sets])
    known = np.concatenate([one.known for one in sets])
    weights = np.concatenate(
        [np.where(one.known, 100 / one.known.sum(), 100 / (~one.known).sum()) for one in sets]
    )
    centre = np.append(inputs[:, :-1].mean(axis=0), 0.0)
    scale = np.append(inputs[:, :-1].std(axis=0), 1.0)
    scaled, slopes = (inputs - centre) / scale, np.zeros(len(names) + 1)
    ridge = np.diag([1.0] * len(names) + [0.0])
    for _ in range(50):
        chances = _chances(scaled, slopes)
        gradient = scaled.T @ (weights * (chances - known)) + ridge @ slopes
        hessian = (scaled.T * (weights * chances * (1 - chances))) @ scaled + ridge
        slopes -= np.linalg.solve(hessian, gradient)
    slopes /= scale
    slopes[-1] -= slopes @ centre
    return slopes


def _chances(inputs: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-inputs @ slopes))


def _log_loss(chances: np.ndarray, known: np.ndarray) -> float:
    return -(np.log(chances[known]).mean() + np.log(1 - chances[~known]).mean()) / 2


def _area(chances: np.ndarray, known: np.ndarray) -> float:
    """How often an answerable question has a higher chance than an unanswerable one."""
    above = chances[known][:, None] - chances[~known][None]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _wrongly(chances: np.ndarray, known: np.ndarray, answered: float) -> float:
    """The share of unanswerable questions answered where that share of answerable ones is."""
    some = np.sort(chances[known])[::-1]
    lowest = some[round(answered * len(some)) - 1]
    return float((chances[~known] >= lowest).mean())


def _told(slopes: np.ndarray) -> str:
    return ", ".join(f"{slope:.2f}" for slope in slopes)


if __name__ == "__main__":
    main()
