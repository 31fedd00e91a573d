"""References that no JATS article backs are found."""

from pathlib import Path

from check_references import find_faults, read_cited, read_known

JATS = """<article><front><article-meta>
<article-id pub-id-type="doi">10.1186/CC2969</article-id></article-meta></front>
<back><ref-list><ref><citation><pub-id pub-id-type="pmid">9881538</pub-id></citation></ref>
</ref-list></back></article>"""
LINKS = (
    "https://doi.org/10.1186/cc2969",
    "https://pubmed.ncbi.nlm.nih.gov/9881538/",
    "https://doi.org/10.1016/S0140-6736(05)67483-1",
)


def write_article(corpus: Path, name: str, text: str) -> Path:
    """Write a file into a corpus folder."""
    path = corpus / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_missing_reference_is_named_with_its_file(tmp_path: Path) -> None:
    """DOIs are compared without regard to case; the one that no article holds is named."""
    (tmp_path / "one.nxml").write_text(JATS, encoding="utf-8")
    path = write_article(tmp_path, "sources/a.md", "".join(f"- Title. {link}\n" for link in LINKS))
    faults = find_faults(read_cited(tmp_path), read_known(tmp_path))
    assert faults == [f"{path}: 10.1016/s0140-6736(05)67483-1 is in no JATS article"]


def test_links_of_pages_are_read(tmp_path: Path) -> None:
    """In HTML a reference is an href; links to other things, such as the licence, don't count."""
    page = "".join(
        f'<a href="{link}">{link}</a>' for link in (*LINKS, "https://creativecommons.org/")
    )
    write_article(tmp_path, "articles/a.html", page)
    (cited,) = read_cited(tmp_path)
    assert cited.references == {"10.1186/cc2969", "9881538", "10.1016/s0140-6736(05)67483-1"}


def test_three_references_are_needed(tmp_path: Path) -> None:
    """An article that lists fewer is named with its count."""
    path = write_article(tmp_path, "articles/short.txt", f"Text.\n\n{LINKS[0]}\n{LINKS[1]}\n")
    faults = find_faults(read_cited(tmp_path), frozenset({"10.1186/cc2969", "9881538"}))
    assert faults == [f"{path}: 2 references, at least 3 needed"]
