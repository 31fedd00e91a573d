"""References: documents as CSL-JSON, and how each style writes them, letter by letter."""

import json
import warnings

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from index.documents import Document
from search_app.plain_text import one_line, shortened, without_controls
from search_app.references.bibtex import write_bibtex
from search_app.references.csl_items import CslItem, csl_item, date_parts
from search_app.references.names import csl_name
from search_app.references.rendering import STYLES, short_reference, write_references
from search_app.references.ris import write_ris

ARTICLE = Document(
    id="/papers/marsland.pdf",
    title="The effects of acute psychological stress on circulating markers",
    link="file:///papers/marsland.pdf",
    fingerprint="a1" * 32,
    metadata={
        "kind": "pdf",
        "authors": [
            "Anna L. Marsland",
            "Catherine Walsh",
            "Lockwood, Kimberly",
            "John-Henderson NA",
            "Jan van der Berg",
            "Pat O'Neil",
            "Gregory E. Miller",
            "Edith Chen",
        ],
        "date": "2017-08-05",
        "journal": "Brain, Behavior, and Immunity",
        "volume": 64,
        "issue": "2",
        "doi": "https://doi.org/10.1016/j.bbi.2017.01.011",
        "pmid": "28089638",
    },
)
WEB_PAGE = Document(
    id="https://www.example.org/stress?a=1&b=2",
    title="Stress & sleep: what helps?",
    link="https://www.example.org/stress?a=1&b=2",
    fingerprint="b2" * 32,
    metadata={"kind": "html", "date": "2024-05-01"},
)
UNDATED_PAGE = Document(
    id="https://example.org/sleep",
    title="Sleep",
    link="https://example.org/sleep",
    fingerprint="b3" * 32,
    metadata={"kind": "html", "authors": ["World Health Organization"], "site": "WHO Europe"},
)
UNDATED_PDF = Document(
    id="/papers/wards.pdf",
    title="Sleep in wards",
    link="file:///papers/wards.pdf",
    fingerprint="c3" * 32,
    metadata={"kind": "pdf", "authors": ["Grace Hopper", "Martin Luther King Jr."]},
)
BARE_PDF = Document(
    id="/papers/scan.pdf",
    title="Sleep",
    link="file:///papers/scan.pdf",
    fingerprint="d4" * 32,
    metadata={"kind": "pdf"},
)
FOREIGN = Document(
    id="/papers/zellen.pdf",
    title="Über naïve T-Zellen",
    link="file:///papers/zellen.pdf",
    fingerprint="e5" * 32,
    metadata={
        "kind": "pdf",
        "authors": ["Zoë Łukasiewicz", "王小明", "José de la Cruz"],
        "date": "2020",
        "journal": "Zeitschrift für Immunologie",
    },
)
DOCUMENTS = (ARTICLE, WEB_PAGE, UNDATED_PAGE, UNDATED_PDF, BARE_PDF, FOREIGN)
WRITTEN = {
    "vancouver": [
        "Marsland AL, Walsh C, Lockwood K, John-Henderson NA, van der Berg J, O'Neil P, et al. The "
        "effects of acute psychological stress on circulating markers. Brain, Behavior, and "
        "Immunity. 2017 Aug 5;64(2). doi:10.1016/j.bbi.2017.01.011 PubMed PMID: 28089638.",
        "example.org [Internet]. 2024 May 1 [cited 2026 Nov 24]. Stress & sleep: what helps? "
        "Available from: https://www.example.org/stress?a=1&b=2",
        "World Health Organization. WHO Europe [Internet]. [cited 2026 Nov 24]. Sleep. Available "
        "from: https://example.org/sleep",
        "Hopper G, King ML Jr. Sleep in wards [PDF].",
        "Sleep [PDF].",
        "Łukasiewicz Z, 王小明, de la Cruz J. Über naïve T-Zellen. Zeitschrift für Immunologie. "
        "2020.",
    ],
    "apa": [
        "Marsland, A. L., Walsh, C., Lockwood, K., John-Henderson, N. A., van der Berg, J., "
        "O'Neil, P., Miller, G. E., & Chen, E. (2017). The effects of acute psychological stress "
        "on circulating markers. Brain, Behavior, and Immunity, 64(2). "
        "https://doi.org/10.1016/j.bbi.2017.01.011",
        "Stress & sleep: what helps? (2024, May 1). example.org. "
        "https://www.example.org/stress?a=1&b=2",
        "World Health Organization. (n.d.). Sleep. WHO Europe. Retrieved November 24, 2026, from "
        "https://example.org/sleep",
        "Hopper, G., & King, M. L., Jr. (n.d.). Sleep in wards [PDF].",
        "Sleep [PDF]. (n.d.).",
        "Łukasiewicz, Z., 王小明, & de la Cruz, J. (2020). Über naïve T-Zellen. Zeitschrift für "
        "Immunologie.",
    ],
}
HOSTILE = (
    "\x00Kelp\x0b \ufffe{\\input{/etc/passwd}} % $x$ & # _ ~ ^ <b>\ud800</b>\r\nER  - \nTY  - JOUR"
    '@article{x, title="'
)


def items(*documents: Document) -> list[CslItem]:
    """As CSL-JSON, looked at on a day that the references then state."""
    return [csl_item(document, "2026-11-24") for document in documents]


@pytest.mark.parametrize("style", STYLES)
def test_styles_write_these_references(style: str) -> None:
    """An article of eight, pages without author and date, PDFs that state little, other scripts."""
    assert write_references(items(*DOCUMENTS), style) == WRITTEN[style]


def test_ids_that_differ_in_case_are_different_references() -> None:
    """A document without a fingerprint has its id."""
    pages = [
        Document(f"https://example.org/{name}", name, f"https://example.org/{name}", (), "")
        for name in ("a", "A")
    ]
    assert len(set(write_references(items(*pages), "apa"))) == 2


def test_csl_item_of_an_article_names_no_path() -> None:
    """Nor an address that only its owner can open."""
    item = csl_item(ARTICLE, "2026-11-24")
    assert item["type"] == "article-journal"
    assert item["DOI"] == "10.1016/j.bbi.2017.01.011"
    assert item["issued"] == {"date-parts": [[2017, 8, 5]]}
    assert "/papers" not in json.dumps(item)
    assert "accessed" not in item


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2017-08-05", [2017, 8, 5]),
        ("2017-08-05T10:00:00Z", [2017, 8, 5]),
        ("2017-08", [2017, 8]),
        ("2017", [2017]),
        ("2017-13-40", [2017]),
        ("2017-08-40", [2017, 8]),
        ("Spring 1999", [1999]),
        ("soon", []),
        ("", []),
    ],
)
def test_date_is_as_precise_as_it_is_known(date: str, parts: list[int]) -> None:
    """And never one that cannot be."""
    assert date_parts(date) == parts


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Anna L. Marsland", {"family": "Marsland", "given": "Anna L."}),
        ("Marsland, Anna L.", {"family": "Marsland", "given": "Anna L."}),
        ("Marsland AL", {"family": "Marsland", "given": "A. L."}),
        ("Marsland, A.L.", {"family": "Marsland", "given": "A. L."}),
        ("Jan van der Berg", {"family": "van der Berg", "given": "Jan"}),
        ("King, Jr., Martin", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("Martin King Jr.", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("Citewell contributors", {"literal": "Citewell contributors"}),
        ("The PREDIMED study", {"literal": "The PREDIMED study"}),
        ("WHO", {"literal": "WHO"}),
        ("王 小明", {"literal": "王 小明"}),
        ("J & K", {"literal": "J & K"}),
        (",", {"literal": ","}),
    ],
)
def test_names_are_split(author: str, name: dict[str, str]) -> None:
    """People have a family and a given name, organisations one name."""
    assert csl_name(author) == name


@pytest.mark.parametrize(
    ("document", "short"),
    [
        (ARTICLE, "Marsland et al., 2017"),
        (UNDATED_PDF, "Hopper and King, no date"),
        (WEB_PAGE, "Stress & sleep: what helps?, 2024"),
        (UNDATED_PAGE, "World Health Organization, no date"),
    ],
)
def test_short_reference_fits_below_a_quote(document: Document, short: str) -> None:
    """Who and when."""
    assert short_reference(csl_item(document)) == short


def test_bibtex_is_read_back() -> None:
    """With keys that differ, and every name, title and address as it was."""
    written = write_bibtex(items(*DOCUMENTS, ARTICLE))
    library = bibtexparser.parse_string(written, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    kinds = [(entry.entry_type, entry.key) for entry in library.entries]
    assert kinds[0] == ("article", "marsland2017")
    assert kinds[1] == ("online", "stress2024")
    assert kinds[-1] == ("article", "marsland2017a")
    article = library.entries[0]
    assert article["author"].split(" and ")[:2] == ["Marsland, Anna L.", "Walsh, Catherine"]
    assert article["doi"] == "10.1016/j.bbi.2017.01.011"
    assert library.entries[1]["title"].strip("{}") == WEB_PAGE.title
    # Addresses are read as they stand, without decoding.
    assert bibtexparser.parse_string(written).entries[1]["url"] == WEB_PAGE.link
    assert "Łukasiewicz, Zoë" in library.entries[5]["author"]


def test_ris_is_read_back() -> None:
    """By another program's library."""
    entries = rispy.loads(write_ris(items(*DOCUMENTS)))
    assert [entry["type_of_reference"] for entry in entries] == [
        "JOUR",
        "ELEC",
        "ELEC",
        "GEN",
        "GEN",
        "JOUR",
    ]
    assert entries[0]["authors"][0] == "Marsland, Anna L."
    assert (entries[0]["year"], entries[0]["doi"]) == ("2017", "10.1016/j.bbi.2017.01.011")
    assert entries[1]["urls"] == [WEB_PAGE.link]
    assert entries[5]["title"] == "Über naïve T-Zellen"


def test_hostile_text_stays_one_entry_in_every_format() -> None:
    """Control characters go, marks of the format are taken as text, lines cannot be added."""
    document = Document(
        "https://example.org/x",
        HOSTILE,
        "https://example.org/{x}\\%20y",
        (),
        "f6" * 32,
        {"authors": [HOSTILE, "A and B"], "journal": HOSTILE, "kind": "html", "doi": HOSTILE},
    )
    item = csl_item(document)
    title = 'Kelp {\\input{/etc/passwd}} % $x$ & # _ ~ ^ <b></b> ER - TY - JOUR@article{x, title="'
    assert item["title"] == title
    (entry,) = rispy.loads(write_ris([item]))
    assert entry["title"] == title
    library = bibtexparser.parse_string(write_bibtex([item]))
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert "\\input" not in library.entries[0]["title"]
    for style in STYLES:
        assert "Kelp {\\input" in write_references([item], style)[0]


def test_no_reference_is_no_reference() -> None:
    """An empty list is written without complaint."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [write_references([], style) for style in STYLES] == [[], []]
    assert (write_bibtex([]), write_ris([])) == ("", "")


def test_text_loses_what_files_cannot_hold() -> None:
    """Lines stay lines; right-to-left text keeps its own marks, but turns nothing around."""
    assert without_controls("a\x00\x0bb\r\nc\td\ufffe\U0001fffe\ud83d\u202ee") == "ab\nc\tde"
    assert one_line(" a\n\n b\u2028c\x85 ") == "a b c"
    assert shortened("one two three", 9) == "one two\u2026"
    assert shortened("onetwothree", 5) == "onetw\u2026"
    assert shortened("one two", 9) == "one two"
