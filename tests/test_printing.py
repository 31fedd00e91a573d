"""Printing: what people at a terminal see."""

import pytest

from index.search import Index
from search_app.finding import find, find_passages
from search_app.printing import print_answer, print_evaluations, print_passages, print_status
from search_app.wording import NOTHING

QUESTION = "How long does stress raise interleukin-6?"
# Rich would take these for colours, and fail on the one that closes nothing.
HOSTILE = "[red]text[/blue] [/]"


def test_answer_names_each_sentence_and_its_source(
    built_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """The numbers of the quotes are those of the sources."""
    print_answer(find(built_index, QUESTION))
    lines = capsys.readouterr().out.splitlines()
    quotes = [line for line in lines if line.startswith("\u201c")]
    assert len(quotes) == len(lines) / 2 >= 1
    assert all(quote.endswith(f"\u201d [{n}]") for n, quote in enumerate(quotes, 1))
    assert lines[len(quotes)].startswith("[1] Stress and inflammation")
    assert "file://" in lines[len(quotes)]


def test_no_answer_says_so(built_index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    """And where the closest passages are."""
    print_answer(find(built_index, "how do I repair a bicycle chain?"))
    assert capsys.readouterr().out == f"{NOTHING} The closest passages: citewell search\n"


def test_passages_are_printed_whole(built_index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    """Under their rank and title."""
    findings = find_passages(built_index, QUESTION, 2)
    print_passages(findings)
    printed = capsys.readouterr().out
    for found in findings.ranked:
        assert f"{found.rank}. {found.document.title}" in printed
        assert found.passage.text in printed


def test_names_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever brackets stand in them."""
    print_status(
        {
            "documents": 1,
            "passages": 2,
            "bytes_on_disk": 3000,
            "model": HOSTILE,
            "build_id": "1-a",
            "report": [
                {
                    "title": HOSTILE,
                    "kind": "pdf",
                    "pages": 2,
                    "passages": 2,
                    "pages_without_text": [1],
                    "reading": {"warnings": [HOSTILE]},
                }
            ],
            "failed": [{"source": HOSTILE, "reason": HOSTILE}],
        }
    )
    printed = capsys.readouterr().out
    assert f"model {HOSTILE}, build 1-a" in printed
    assert f"{HOSTILE}: {HOSTILE}\nNot read: {HOSTILE}: {HOSTILE}" in printed
    assert printed.count(HOSTILE) == 6


def test_evaluations_fit_a_terminal_of_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row a retriever; an index that was there already cost nothing that is known."""
    monkeypatch.setenv("COLUMNS", "80")
    report = {
        "dataset": HOSTILE,
        "retriever": "reranked",
        "queries": 30,
        **dict.fromkeys(("ndcg@10", "mrr@10", "recall@10", "recall@100", "hit@1"), 0.5),
        **dict.fromkeys(("query_p50_ms", "query_p95_ms"), 1234.56),
        "passages": 1467,
        "passages_per_cpu_s": None,
        "build_cpu_s": None,
    }
    print_evaluations([report], [0.064])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{HOSTILE}: 30 queries"
    assert (
        " ".join(lines[4].split()) == "reranked 0.500 \u00b1 0.064" + " 0.500" * 4 + " 1234.6" * 2
    )
    assert lines[-1] == "1467 passages, built by an earlier run"
    assert max(map(len, lines)) <= 80
