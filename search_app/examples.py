"""Questions to start from, taken from the library itself."""

import re
from collections.abc import Sequence

from index.documents import Document

_QUESTION = re.compile(r"^.{12,90}?\?")
_MOST = 5


def example_questions(documents: Sequence[Document]) -> list[str]:
    """Questions that titles ask themselves; where there are few, questions about titles."""
    asked = [match.group() for document in documents if (match := _QUESTION.match(document.title))]
    about = [f"What is known about \u201c{document.title}\u201d?" for document in documents]
    return list(dict.fromkeys([*asked, *about]))[:_MOST]
