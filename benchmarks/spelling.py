"""How often what is misspelt is found, and what is meant left alone: `spelling.py`.

Each word is asked after alone, in a question: without more, the words of benchmarks/typed_words/
in the starter library, read into a fresh index. `--index DIR` asks another library. `--misspelt
FILE` takes other misspellings, a line each as in codespell's dictionary ("typed->meant", or several
that may be meant, divided by commas). Only those count whose meant word is in two passages of
the library and has another stem: else it is found as it is. `--absent FILE` takes other words
that are meant. With --show, all that goes wrong is told.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.overlap import stem_of, words_of
from index.runtimes import embedder_to_write
from index.search import Index, open_index
from ingest.judged_set import read_queries
from ingest.pipeline import ingest
from search_app.spelling import suggest

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "benchmarks" / "typed_words"
QUESTIONS = ROOT / "benchmarks" / "starter_corpus" / "queries.jsonl"
_MOST = 2000
_HELD = 2


@dataclass(frozen=True)
class Typed:
    """A word that was typed, and what may be meant by it; itself where it is no slip."""

    word: str
    meant: tuple[str, ...]


@dataclass(frozen=True)
class Suggested:
    """What was suggested for a word, empty where nothing was, and what that took."""

    typed: Typed
    word: str
    seconds: float


def main() -> None:
    """Ask, and print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--misspelt", type=Path, default=WORDS / "misspelt.txt")
    parser.add_argument("--absent", type=Path, default=WORDS / "absent.txt")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        library = given.index or Path(folder)
        if not given.index:
            ingest([str(ROOT / "corpus")], library, embedder_to_write(library))
        with closing(open_index(library)) as index:
            measure(index, read_misspelt(given.misspelt), read_absent(given.absent), given.show)
            measure_questions(index, read_queries(QUESTIONS).values())


def read_misspelt(path: Path) -> list[Typed]:
    """Misspellings of single words."""
    pairs = (line.partition("->") for line in path.read_text("utf-8").splitlines())
    return [
        Typed(word, tuple(one.strip() for one in meant.split(",") if one.strip()))
        for word, arrow, meant in pairs
        if arrow and word.isalpha() and " " not in meant.strip().strip(",").replace(", ", ",")
    ]


def read_absent(path: Path) -> list[Typed]:
    """Words that are meant as they stand."""
    lines = path.read_text("utf-8").splitlines()
    return [Typed(word, (word,)) for word in lines if word.isalpha()]


def measure(
    index: Index,
    misspelt: Sequence[Typed],
    absent: Sequence[Typed],
    is_shown: bool,  # noqa: FBT001
) -> None:
    """Print the rates of both, and what a question took."""
    held = _held_in_two_passages(index)
    asked = [one for one in misspelt if one.word not in held and _is_findable(one, held)]
    asked = random.Random(1).sample(asked, min(_MOST, len(asked)))  # noqa: S311
    answers = [_ask(index, one) for one in asked]
    right = [one for one in answers if _is_right(one)]
    wrong = [one for one in answers if one.word and not _is_right(one)]
    silent = [one for one in answers if not one.word]
    print(
        f"misspelt: {len(asked)}; right {_share(right, asked)}, another word "
        f"{_share(wrong, asked)}, nothing {_share(silent, asked)}"
    )
    unknown = [one for one in absent if one.word not in held]
    others = [_ask(index, one) for one in unknown]
    false = [one for one in others if one.word]
    print(f"meant, in no document: {len(unknown)}; another word suggested {_share(false, unknown)}")
    took = sorted(1000 * one.seconds for one in [*answers, *others])
    median, most = took[len(took) // 2], took[len(took) * 95 // 100]
    print(f"processor time of a question: median {median:.1f} ms, 95th percentile {most:.1f}")
    if is_shown:
        for name, some in (("another", wrong), ("nothing", silent), ("suggested", false)):
            print(name, *(f"{one.typed.word}->{one.word}" for one in some))


def measure_questions(index: Index, questions: Collection[str]) -> None:
    """Print how many questions without misspelt words get a suggestion, and what that took."""
    is_known = {one: not index.words.unknown_words(one) for one in questions}
    for name, known in (("all words known", True), ("some in no document", False)):
        asked = [one for one in questions if is_known[one] is known]
        started = time.process_time()
        found = [suggestion for one in asked if (suggestion := suggest(index, one))]
        took_ms = 1000 * (time.process_time() - started) / max(len(asked), 1)
        print(f"questions, {name}: {len(asked)}; suggestions {len(found)}; {took_ms:.1f} ms each")


def _ask(index: Index, typed: Typed) -> Suggested:
    question = f"what is known about {typed.word}?"
    started = time.process_time()
    suggestion = suggest(index, question)
    seconds = time.process_time() - started
    return Suggested(typed, words_of(suggestion.question)[-1] if suggestion else "", seconds)


def _is_right(one: Suggested) -> bool:
    """Another form of the word finds the same."""
    return bool(one.word) and stem_of(one.word) in {stem_of(meant) for meant in one.typed.meant}


def _is_findable(one: Typed, held: Collection[str]) -> bool:
    """Whether the word that is meant is held, and is not found by its stem as it is."""
    stems = {stem_of(meant) for meant in one.meant if meant in held}
    return bool(stems) and stem_of(one.word) not in stems


def _held_in_two_passages(index: Index) -> set[str]:
    keys = index.database.passage_keys(index.manifest.build)
    counts = Counter[str]()
    for text in index.database.texts(keys, index.manifest.build):
        counts.update(set(words_of(text)))
    return {word for word, count in counts.items() if count >= _HELD}


def _share(some: Sequence[object], whole: Sequence[object]) -> str:
    return f"{len(some)} ({len(some) / max(len(whole), 1):.3f})"


if __name__ == "__main__":
    main()
