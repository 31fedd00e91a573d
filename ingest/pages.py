"""The web pages of one ingest: those that lists name, and each one only if it changed."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from index.documents import Document
from ingest.feeds import expand_lists, fetch_page, may_be_list
from ingest.sources import FoundSources
from ingest.web import Fetched, Version, WebRules

if TYPE_CHECKING:
    from ingest.fetching import Fetcher


class Pages:
    """Fetches, and knows which versions of pages are at hand."""

    def __init__(self, rules: WebRules) -> None:
        """Take what may be fetched, and how."""
        self._rules = rules
        self._versions: dict[str, Version] = {}

    def in_place_of_lists(self, found: FoundSources) -> FoundSources:
        """Sources with the pages of feeds and sitemaps in place of these."""
        if not any(map(may_be_list, found.sources)):
            return found
        return expand_lists(found, self._fetcher, self._rules.most_pages)

    def remember(self, documents: Iterable[Document]) -> None:
        """Take from documents what servers called the versions that they were made from."""
        for document in documents:
            stored = document.metadata.get("version")
            if isinstance(stored, dict):
                self._versions[document.id] = Version(**stored)

    def fetch(self, address: str, is_known: bool) -> Fetched | None:  # noqa: FBT001
        """Read an address.

        Args:
            address: of a page or a document.
            is_known: its document is stored, and need not be read again if it did not change.

        Returns:
            What it answered; None where the document is of this version.

        Raises:
            SourceError: it cannot be read, or is a list of pages.
        """
        known = self._versions.get(address) if is_known else None
        return fetch_page(address, self._fetcher, known)

    @cached_property
    def _fetcher(self) -> "Fetcher":
        # Its import takes as long as embedding three passages; most libraries are of files.
        from ingest.fetching import Fetcher  # noqa: PLC0415

        return Fetcher(self._rules)
