"""Semantra 0.1: its command on one text file a record, asked through the address of its page.

The server is not started: its Flask application answers the same request in the process.
"""

from typing import Any

from protocol import SHOWN, Driver, Job, Record, best_first, main


class SemantraDriver(Driver):
    """`semantra --transformer-model FOLDER FILE ...`."""

    def __init__(self, job: Job) -> None:
        """Take the job; nothing is imported yet."""
        self._job = job
        self._texts = job.work / "texts"

    def prepare(self) -> None:
        """Import it. The command loads the model itself."""
        from semantra import semantra  # noqa: F401, PLC0415

    def index(self, records: list[Record]) -> int:
        """Write a file for each record and run the command on all of them."""
        self._texts.mkdir(exist_ok=True)
        for position, record in enumerate(records):
            text = f"{record.title}\n\n{record.text}" if record.title else record.text
            (self._texts / f"{position:06}.txt").write_text(text, "utf-8")
        self.open()
        row = 384 * 4
        return sum(f.stat().st_size // row for f in self._job.index.glob("*.embeddings"))

    def open(self) -> None:
        """Run the command up to the point where it would serve the page."""
        import flask  # noqa: PLC0415
        from semantra import semantra  # noqa: PLC0415

        served: list[Any] = []
        flask.Flask.run = lambda application, **_address: served.append(application)
        files = [str(path) for path in sorted(self._texts.glob("*.txt"))]
        options = ["--transformer-model", self._job.model, "--semantra-dir", str(self._job.index)]
        semantra.main.main([*options, "--silent", *files], standalone_mode=False)
        self._page = served[0].test_client()
        self._ids = [record.id for record in self._job.records()]

    def ask(self, question: str) -> object:
        """The request that its page sends; it answers with ten passages of every file."""
        request = {"queries": [{"query": question, "weight": 1}], "preferences": []}
        return self._page.post("/api/query", json=request).get_json()["results"]

    def rank(self, question: str) -> list[str]:
        """Documents by their best passage (semantra itself sorts files by their mean)."""
        best = {
            self._ids[int(name[-10:-4])]: max(passage["distance"] for passage in passages[:SHOWN])
            for name, passages in self.ask(question)
            if passages
        }
        return best_first(sorted(best, key=lambda document: -best[document]))


if __name__ == "__main__":
    main(SemantraDriver)
