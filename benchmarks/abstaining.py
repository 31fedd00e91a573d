"""When to say that the library does not answer: `python benchmarks/abstaining.py --shared DIR`.

For a range of thresholds: the share of answerable questions that get an answer, and the share
of unanswerable ones that get one all the same; for squad2 also how often the answer stands in the
sentences shown, and in the first of them; and whether every sentence is found where it says. DIR
is the folder that holds squad2/, pubmedqa/, unanswerable/ and medquad/. With --work FOLDER the
indexes are kept there. What decides, and what else was tried: `refusing.py`.
"""

from collections.abc import Sequence
from statistics import fmean

from judged_answers import Asked, ask_as_told

from search_app.answering import THRESHOLD

THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


def main() -> None:
    """Print one table a set."""
    for name, asked in ask_as_told(__doc__, ("starter", "pubmedqa", "squad2", "medquad")).items():
        _print_table(name, asked)


def _print_table(name: str, asked: Sequence[Asked]) -> None:
    answerable = [one for one in asked if one.is_answerable]
    foreign = [one for one in asked if not one.is_answerable]
    print(f"\n{name}: {len(answerable)} answerable questions, {len(foreign)} unanswerable\n")
    print("| threshold | answered | answer shown | answer shown first | wrongly | shown |")
    print("|---|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        right, wrong = (
            fmean(one.answer(threshold).is_answered for one in kind)
            for kind in (answerable, foreign)
        )
        chosen = " (chosen)" if threshold == THRESHOLD else ""
        held = (
            f"{fmean(_tells(one, threshold, most) for one in answerable):.3f}" for most in (4, 1)
        )
        told = " | ".join(held if any(one.answers for one in answerable) else ("", ""))
        shown = sum(len(one.answer(threshold).quotes) for one in asked)
        print(f"| {threshold}{chosen} | {right:.2f} | {told} | {wrong:.2f} | {shown} |")


def _tells(one: Asked, threshold: float, most: int) -> bool:
    """Whether the answer stands in one of the first sentences shown."""
    return any(one.is_told_by(quote.text) for quote in one.answer(threshold).quotes[:most])


if __name__ == "__main__":
    main()
