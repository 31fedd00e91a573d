"""The ranking gate: what passes, what fails, and when a floor moves."""

import json
from pathlib import Path

import pytest
from gate import BELOW, EPSILON, NOT_PINNED, Cut, check, prepare_cuts, read_pins, update, write_pins
from support import SHARED, FakeEmbedder, write_judged_set

from ingest.judged_set import load_judged_set

# Of two judged queries one finds its document at once; the other has no text and finds nothing.
FOUND = 1 / 2


@pytest.fixture
def cut(tmp_path: Path) -> Cut:
    """A tiny judged set with one measure that has a floor."""
    return cut_of(tmp_path / "set", qrels="q1\td1\t1\nq2\td1\t1\n")


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    """The file of floors, not there yet."""
    return tmp_path / "floors.json"


def cut_of(folder: Path, **files: str) -> Cut:
    """A cut of a judged set with other contents for the files named."""
    return Cut("tiny", ("ndcg@10",), load_judged_set(write_judged_set(folder, **files)))


def pin(cut: Cut, floors: Path, floor: float) -> None:
    """Pin the cut with that floor, whatever it reaches."""
    write_pins(floors, {cut.name: {**cut.identity(), "floors": {"ndcg@10": floor}}})


@pytest.mark.parametrize(
    ("floor", "status"),
    [(FOUND, 0), (FOUND + 0.9 * EPSILON, 0), (FOUND + 1.1 * EPSILON, BELOW)],
)
def test_the_gate_fails_below_the_floor_minus_noise(
    cut: Cut, floors: Path, tmp_path: Path, floor: float, status: int
) -> None:
    """At the floor and within the noise it passes."""
    pin(cut, floors, floor)
    assert check([cut], floors, tmp_path, FakeEmbedder()) == status


def test_a_changed_cut_is_told_and_not_measured(
    cut: Cut, floors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A floor says nothing about other texts."""
    pin(cut, floors, FOUND)
    fake = FakeEmbedder()
    changed = cut_of(tmp_path / "changed", queries='{"_id": "q1", "text": "sleep?"}\n')
    assert check([changed], floors, tmp_path, fake) == NOT_PINNED
    told = capsys.readouterr().out
    assert "2 judgements, now 1" in told
    assert "re-pin with --update" in told
    assert fake.embedded == []


@pytest.mark.parametrize(
    "files",
    [
        {"corpus": '{"_id": "d1", "title": "Sleep", "text": "Sleep helps."}\n'},
        {"corpus": '{"_id": "d1", "title": "Nap", "text": "Sleep helps immune cells."}\n'},
        {"queries": '{"_id": "q1", "text": "sleep?"}\n'},
        {"qrels": "q1\td1\t2\n"},
    ],
    ids=["text", "title", "query", "grade"],
)
def test_the_fingerprint_covers_texts_queries_and_judgements(
    tmp_path: Path, files: dict[str, str]
) -> None:
    """Each change of one of them shows."""
    before, same, after = (
        cut_of(tmp_path / "before"),
        cut_of(tmp_path / "same"),
        cut_of(tmp_path / "after", **files),
    )
    assert before.identity() == same.identity()
    assert before.identity()["fingerprint"] != after.identity()["fingerprint"]


def test_a_cut_without_a_floor_is_not_passed(cut: Cut, floors: Path, tmp_path: Path) -> None:
    """A set that nobody pinned would otherwise look as if it held."""
    assert check([cut], floors, tmp_path, FakeEmbedder()) == NOT_PINNED


def test_what_update_pins_holds(cut: Cut, floors: Path, tmp_path: Path) -> None:
    """Pinned and checked by the same code; a cut that is left out stays pinned."""
    write_pins(floors, {"elsewhere": {"floors": {}}})
    assert update([cut], floors, tmp_path / "first", FakeEmbedder()) == 0
    pins = read_pins(floors)
    assert pins["tiny"]["floors"] == {"ndcg@10": FOUND}
    assert pins["elsewhere"] == {"floors": {}}
    assert check([cut], floors, tmp_path / "second", FakeEmbedder()) == 0


def test_a_floor_is_not_lowered_unless_allowed(cut: Cut, floors: Path, tmp_path: Path) -> None:
    """Refusing leaves the file as it was."""
    pin(cut, floors, 0.9)
    before = floors.read_bytes()
    assert update([cut], floors, tmp_path, FakeEmbedder()) == BELOW
    assert floors.read_bytes() == before
    assert update([cut], floors, tmp_path, FakeEmbedder(), may_lower=True) == 0
    assert read_pins(floors)["tiny"]["floors"] == {"ndcg@10": FOUND}


def test_a_changed_cut_does_not_lower_its_floor_either(
    cut: Cut, floors: Path, tmp_path: Path
) -> None:
    """Otherwise a changed question would be a way round the gate."""
    pin(cut, floors, 0.9)
    changed = cut_of(tmp_path / "changed", qrels="q1\td2\t1\nq2\td1\t1\n")
    assert update([changed], floors, tmp_path, FakeEmbedder()) == BELOW
    assert read_pins(floors)["tiny"]["floors"] == {"ndcg@10": 0.9}


def test_noise_does_not_lower_a_floor_step_by_step(cut: Cut, floors: Path, tmp_path: Path) -> None:
    """Within the noise the old floor is pinned again."""
    floor = FOUND + 0.5 * EPSILON
    pin(cut, floors, floor)
    assert update([cut], floors, tmp_path, FakeEmbedder()) == 0
    assert read_pins(floors)["tiny"]["floors"] == {"ndcg@10": floor}


def test_floors_are_replaced_whole(floors: Path) -> None:
    """Who has the old file open still reads all of it, and nothing else is left behind."""
    write_pins(floors, {"old": {"floors": {"ndcg@10": 0.5}}})
    with floors.open(encoding="utf-8") as old:
        write_pins(floors, {"new": {}})
        assert json.load(old) == {"old": {"floors": {"ndcg@10": 0.5}}}
    assert read_pins(floors) == {"new": {}}
    assert list(floors.parent.glob("floors*")) == [floors]


def test_a_damaged_file_of_floors_is_named(floors: Path) -> None:
    """As after a merge with conflicts."""
    floors.write_text("<<<<<<< ours\n", "utf-8")
    with pytest.raises(SystemExit, match=r"floors\.json is not JSON"):
        read_pins(floors)


def test_sets_that_are_not_there_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The starter corpus is always asked."""
    cuts = list(prepare_cuts(tmp_path / "nowhere", tmp_path))
    assert [cut.name for cut in cuts] == ["starter_corpus"]
    assert "medline is left out: there is no folder" in capsys.readouterr().out


@pytest.mark.skipif(not (SHARED / "covidqa").is_dir(), reason="no judged sets in ../shared/data")
def test_cuts_are_those_that_are_pinned(tmp_path: Path) -> None:
    """The same documents and queries wherever they are cut."""
    pins = read_pins(Path(__file__).parents[1] / "benchmarks" / "gate_floors.json")
    cuts = {cut.name: cut for cut in prepare_cuts(SHARED, tmp_path)}
    assert cuts.keys() == pins.keys()
    for name, cut in cuts.items():
        assert {**cut.identity(), "floors": pins[name]["floors"]} == pins[name]
    kept = cuts["covidqa"].judged
    assert len(kept.fingerprints) == 10
    assert all(grades.keys() <= kept.fingerprints.keys() for grades in kept.qrels.values())
