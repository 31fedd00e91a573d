"""From what was measured to one table: the same measures for every tool, computed here."""

import platform
from statistics import fmean
from typing import Any

import ir_measures
import numpy as np
from environments import PEERS
from ir_measures import R, nDCG

_FEWEST_TO_AVERAGE = 2
_MEASURES = {"ndcg@10": nDCG @ 10, "recall@100": R @ 100}
_COLUMNS = {
    "nDCG@10": ("ndcg@10", ".3f"),
    "recall@100": ("recall@100", ".3f"),
    "passages": ("passages", ",d"),
    "index CPU ms a passage": ("index_cpu_ms_per_passage", ".1f"),
    "index CPU ms a document": ("index_cpu_ms_per_document", ".1f"),
    "query CPU ms p50": ("query_cpu_ms_p50", ".1f"),
    "query CPU ms p95": ("query_cpu_ms_p95", ".1f"),
    "query ms p50": ("query_ms_p50", ".1f"),
    "query ms p95": ("query_ms_p95", ".1f"),
    "cold CPU s": ("cold_cpu_s", ".1f"),
    "cold s": ("cold_s", ".1f"),
    "peak MB index": ("index_peak_mb", ",.0f"),
    "peak MB search": ("search_peak_mb", ",.0f"),
    "disk MB": ("disk_mb", ".1f"),
}
_RATIOS = {
    "index CPU a passage": "index_cpu_ms_per_passage",
    "index CPU a document": "index_cpu_ms_per_document",
    "query CPU p50": "query_cpu_ms_p50",
    "query p50": "query_ms_p50",
    "cold CPU": "cold_cpu_s",
    "peak memory, search": "search_peak_mb",
    "disk": "disk_mb",
}


def summarize(measured: dict[str, Any], qrels: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The figures of one tool on one set."""
    index, search, cold = measured["index"], measured["search"], measured["cold"]
    cpu_p50, cpu_p95 = np.percentile(search["cpu_ms"], [50, 95])
    wall_p50, wall_p95 = np.percentile(search["wall_ms"], [50, 95])
    return {
        **(_quality(search["run"], qrels) if qrels else {}),
        "queries": len(search["cpu_ms"]),
        "documents": index["documents"],
        "passages": index["passages"],
        "index_cpu_ms_per_passage": 1000 * index["cpu_s"] / index["passages"],
        "index_cpu_ms_per_document": 1000 * index["cpu_s"] / index["documents"],
        "query_cpu_ms_p50": cpu_p50,
        "query_cpu_ms_p95": cpu_p95,
        "query_ms_p50": wall_p50,
        "query_ms_p95": wall_p95,
        "cold_cpu_s": cold["cpu_s"],
        "cold_s": cold["wall_s"],
        "index_peak_mb": index["process"]["peak_mb"],
        "search_peak_mb": search["process"]["peak_mb"],
        "disk_mb": measured["disk_mb"],
        "measured_at": measured["measured_at"],
    }


def markdown(results: dict[str, dict[str, Any]]) -> str:
    """Two tables a set: the figures, and how many times those of Citewell."""
    parts = [
        f"Python {platform.python_version()}, {platform.machine()}, one thread a tool. "
        "CPU seconds compare within this run; seconds on the clock depend on what else ran."
    ]
    for name, tools in results.items():
        measured = {tool: figures for tool, figures in tools.items() if "error" not in figures}
        first = next(iter(measured.values()), {})
        sizes = f"{first.get('documents', 0):,} texts, {first.get('queries', 0)} questions"
        parts.append(f"## {name}: {sizes}\n\n{_table(measured)}")
        parts += [_ratio_table(measured)] if len(measured) > 1 and "citewell" in measured else []
        failed = {tool: figures["error"] for tool, figures in tools.items() if "error" in figures}
        parts += [f"- {tool} was not measured: {reason}" for tool, reason in failed.items()]
    return "\n\n".join([*parts, *_means(results)]) + "\n"


def _means(results: dict[str, dict[str, Any]]) -> list[str]:
    """The mean nDCG@10 of each tool that was measured on all judged sets, and on each."""
    key = "ndcg@10"
    judged = {
        name: {tool: figures[key] for tool, figures in tools.items() if key in figures}
        for name, tools in results.items()
    }
    judged = {name: found for name, found in judged.items() if found}
    everywhere = [tool for tool in PEERS if all(tool in found for found in judged.values())]
    if len(judged) < _FEWEST_TO_AVERAGE:
        return []
    rows = [
        [tool, *(f"{value:.3f}" for value in (*values, fmean(values)))]
        for tool in everywhere
        for values in [[found[tool] for found in judged.values()]]
    ]
    return [f"## nDCG@10\n\n{_lines(['tool', *judged, 'mean'], rows)}"]


def _quality(run: dict[str, list[str]], qrels: dict[str, dict[str, int]]) -> dict[str, float]:
    scored = {
        query: {document: 1 / rank for rank, document in enumerate(ranking, 1)}
        for query, ranking in run.items()
    }
    values = ir_measures.calc_aggregate(list(_MEASURES.values()), qrels, scored)
    return {name: float(values[measure]) for name, measure in _MEASURES.items()}


def _table(tools: dict[str, dict[str, Any]]) -> str:
    shown = {
        title: key for title, key in _COLUMNS.items() if any(key[0] in t for t in tools.values())
    }
    rows = [
        [tool, *(format(figures[key], form) for key, form in shown.values())]
        for tool, figures in tools.items()
    ]
    return _lines(["tool", *shown], rows)


def _ratio_table(tools: dict[str, dict[str, Any]]) -> str:
    base = tools["citewell"]
    rows = [
        [tool, *(f"{figures[key] / base[key]:.2f}" for key in _RATIOS.values())]
        for tool, figures in tools.items()
    ]
    return _lines(["times Citewell's", *_RATIOS], rows)


def _lines(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
