"""`citewell evaluate` in a process of its own, with the real model."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from library_fixture import ROOT, run_citewell
from support import DATA

JUDGED = DATA / "judged"
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "evaluate.schema.json").read_text("utf-8"))
MEASURES = ("ndcg@10", "mrr@10", "recall@10", "recall@100", "hit@1")


def problems(report: object) -> list[str]:
    """What of a report is against the schema."""
    Draft202012Validator.check_schema(SCHEMA)
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)]


def test_schema_is_closed_and_asks_for_every_key() -> None:
    """A key that is added or lost breaks scripts, so it must not pass unseen."""
    result = SCHEMA["$defs"]["result"]
    assert result["required"] == list(result["properties"])
    assert result["additionalProperties"] is False
    assert problems({}) != []


def test_one_retriever_prints_one_result_and_an_index_is_used_again(tmp_path: Path) -> None:
    """Each query finds its document first; the second time nothing is built."""
    arguments = ("evaluate", str(JUDGED), "--index", str(tmp_path))
    done = run_citewell(*arguments, "--retriever", "meaning", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert problems(report) == []
    assert (report["dataset"], report["retriever"]) == ("judged", "meaning")
    assert (report["queries"], report["passages"]) == (3, 5)
    # Five documents, all of which are ranked: what is relevant is among the first ten.
    assert (report["hit@1"], report["mrr@10"], report["recall@10"]) == (1, 1, 1)
    assert 0.9 < report["ndcg@10"] <= 1
    assert report["build_cpu_s"] > 0
    assert "1 queries without a relevant document, left out: q4" in done.stderr

    again = run_citewell(*arguments, "--json")
    assert "is of this corpus already" in again.stderr
    reports = json.loads(again.stdout)
    assert problems(reports) == []
    assert [one["retriever"] for one in reports["results"]][:3] == ["meaning", "words", "fused"]
    meaning = reports["results"][0]
    assert (meaning["build_cpu_s"], meaning["passages_per_cpu_s"]) == (None, None)
    assert [meaning[name] for name in MEASURES] == [report[name] for name in MEASURES]


def test_people_get_a_table_and_the_library_is_not_touched(tmp_path: Path) -> None:
    """With the interval, and what building cost; only `--index` says where to build."""
    done = run_citewell("evaluate", str(JUDGED), index=tmp_path / "library")
    assert done.returncode == 0, done.stderr
    assert "judged: 3 queries" in done.stdout
    assert "nDCG@10" in done.stdout
    assert "\u00b1" in done.stdout
    assert "passages a CPU second" in done.stdout
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("name", ["guess", "Meaning", ""])
def test_unknown_retriever_is_wrong_usage(name: str) -> None:
    """The message has the names."""
    done = run_citewell("evaluate", str(JUDGED), "--retriever", "words", "--retriever", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no {name!r}. Choose from: meaning, words, fused" in done.stderr


def test_faulty_set_is_wrong_usage(tmp_path: Path) -> None:
    """File and line are named, and no model is loaded for it."""
    folder = shutil.copytree(JUDGED, tmp_path / "judged")
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "q5", text: "?"}\n')
    done = run_citewell("evaluate", str(folder), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{folder / 'queries.jsonl'}, line 5: this is no JSON" in done.stderr
    missing = run_citewell("evaluate", str(tmp_path / "none"), "--json")
    assert (missing.returncode, missing.stdout) == (2, "")


def test_index_of_a_library_is_refused(built_folder: Path) -> None:
    """Exit code 3, and the way out."""
    done = run_citewell("evaluate", str(JUDGED), "--index", str(built_folder), "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Give another folder with --index" in done.stderr
