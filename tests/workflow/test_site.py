"""The documentation as a site: its pages, its reference, and that no link of it leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import run_steps
import run_steps_api.models
from workflow.reference import reference
from workflow.site import FENCED, GUIDES, LINK, PICTURES, build, faults, llms_txt, navigation, pages, relinked, title

PARCELS = {
    "parcels/__init__.py": '''
        """Parcels and who sends them."""

        from parcels._post import Post as Post
        from parcels.boxes import Box as Box

        __all__ = sorted({"Box", "Post"})
        ''',
    "parcels/_post.py": '''
        """Private."""

        from typing import Never

        from parcels.boxes import Box


        class Post:
            """Sends each `Box`.

            Args:
                name: Its name.
            """

            def __init__(self, name: str, **others: Never) -> None:
                self._name = name

            async def send(self, box: Box | None, *, express: bool = False) -> list[Box]:
                """Send a box.

                Args:
                    box: What to send.
                    express: Whether it is urgent.

                Returns:
                    What came back.

                Raises:
                    ValueError: It is too large.
                """

            def _weigh(self) -> None:
                """Not for others."""
        ''',
    "parcels/boxes.py": '''
        """Boxes."""

        from enum import StrEnum

        class Size(StrEnum):
            """How large."""

            SMALL = "small"

        class Box:
            """A box."""

        LARGEST = 3
        """Sizes there are (count)."""
        ''',
}


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    """A package with a private module."""
    for name, text in PARCELS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(r"^ {8}", "", text.removeprefix("\n"), flags=re.MULTILINE), encoding="utf-8")
    return tmp_path / "parcels"


def test_the_reference_tells_each_thing_once_and_links_it(parcels: Path) -> None:
    """What is public stands on one page with its arguments and what it returns; other pages lead there."""
    found = reference([parcels])

    assert list(found) == ["parcels", "parcels.boxes"]
    assert "- [`Box`](parcels.boxes.md#Box): A box." in found["parcels"]
    assert "async Post.send(box: Box | None, *, express: bool = False) -> list[Box]" in found["parcels"]
    assert "- `box` ([Box](parcels.boxes.md#Box) | None): What to send." in found["parcels"]
    assert "Sends each [`Box`](parcels.boxes.md#Box)." in found["parcels"]
    assert "- list\\[[Box](parcels.boxes.md#Box)\\]: What came back." in found["parcels"]
    assert "- ValueError: It is too large." in found["parcels"]
    assert "\nPost(name: str)\n" in found["parcels"]  # `**others: Never` is nothing to give
    assert "_weigh" not in found["parcels"]
    assert '<a id="Box"></a>\n\n## `Box`' in found["parcels.boxes"]
    assert "- `SMALL`: `'small'`" in found["parcels.boxes"]
    assert "LARGEST = 3" in found["parcels.boxes"]


def test_a_docstring_that_cannot_be_shown_whole_is_refused(parcels: Path) -> None:
    """Nothing of a docstring is left out in silence."""
    with (parcels / "boxes.py").open("a", encoding="utf-8") as file:
        file.write('\n\nclass Crate:\n    """A crate.\n\n    Warns:\n        UserWarning: It is heavy.\n    """\n')

    with pytest.raises(ValueError, match=r"parcels\.boxes\.Crate"):
        reference([parcels])


def test_links_of_the_repository_become_links_of_the_site() -> None:
    """Links between pages stay, those to other files lead to the repository or become text, code is left alone."""
    places = {"README.md": "index.md", "docs/models.md": "models.md", "docs/errors.md": "errors.md"}
    text = "[a](../README.md) [b](errors.md#what) [`c`](../openapi.yaml) [d](#here) [e](https://x.org/)\n```sh\n[f](g.md)\n```\n"

    shown = relinked(text, "docs/models.md", places, "")
    linked = relinked(text, "docs/models.md", places, "https://host/us/it/blob/main")

    assert shown == "[a](index.md) [b](errors.md#what) `c` [d](#here) [e](https://x.org/)\n```sh\n[f](g.md)\n```\n"
    assert "[`c`](https://host/us/it/blob/main/openapi.yaml)" in linked


@pytest.mark.parametrize("link", ["gone.md", "../gone.yaml", "errors.md#gone"])
def test_a_link_to_nothing_stays_and_is_told(link: str, tmp_path: Path) -> None:
    """It does not become plain text, as links to files of the repository do, so that the check of links finds it."""
    text = relinked(f"# Odd\n\n[odd]({link})\n", "docs/odd.md", {"docs/errors.md": "errors.md"}, "")
    assert f"({link})" in text

    def generator(source: Path, target: Path, *_: object) -> None:
        target.mkdir()
        for path in source.glob("*.md"):
            html = LINK.sub(r'<a href="\2">\1</a>', path.read_text(encoding="utf-8"))
            (target / f"{path.stem}.html").write_text(html.replace(".md", ".html"), encoding="utf-8")

    pages = dict.fromkeys((f"{name}.md" for listed in GUIDES.values() for name in listed.split()), "# Page\n\nText.\n")
    assert build(pages, tmp_path / "good", generator=generator) == []
    assert len(build(pages | {"models.md": text}, tmp_path / "bad", generator=generator)) == 1


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    """The pages of our own site."""
    return pages()


def _anchors(text: str) -> set[str]:
    """Return what links may name in a page: headings as GitHub makes anchors of them, and what is named in HTML."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", text), flags=re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", LINK.sub(r"\1", heading).lower()).replace(" ", "-") for heading in headings]
    return {*plain, *re.findall(r'<a id="([^"]+)">', text)}


def test_every_link_between_pages_leads_to_a_place(ours: Mapping[str, str]) -> None:
    """Whatever makes HTML of them: each link leads to a page that is there, and to a place on it."""
    anchors = {name: _anchors(text) for name, text in ours.items()}
    pictures = {f"{PICTURES.name}/{path.name}" for path in PICTURES.iterdir()}
    broken = [
        (name, target)
        for name, text in ours.items()
        for _, target in LINK.findall(FENCED.sub("", text))
        if ":" not in target
        for path, _, fragment in [target.partition("#")]
        for page in [posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name]
        if page not in pictures and (page not in ours or (fragment and fragment not in anchors[page]))
    ]

    assert broken == []


def test_every_page_has_a_place_and_is_in_the_index_for_programs(ours: Mapping[str, str]) -> None:
    """A new page that nobody put in order is told; `llms.txt` names each with what it is about."""
    sections = navigation(list(ours))
    index = llms_txt(ours, sections)

    for name, text in ours.items():
        assert re.search(rf"^- \[{re.escape(title(text))}\]\({re.escape(name)}\): \S", index, flags=re.MULTILINE), name
    with pytest.raises(ValueError, match=r"stray\.md"):
        navigation([*ours, "stray.md"])


def test_the_reference_has_all_that_users_import(ours: Mapping[str, str]) -> None:
    """Every name of the package itself, and every model, can be looked up."""
    names = {name for text in ours.values() for name in re.findall(r'<a id="([^"]+)">', text)}
    assert {*run_steps.__all__, *run_steps_api.models.__all__} - names == {"errors", "servers"}  # these are pages


def test_faults_of_a_built_site_are_told(tmp_path: Path) -> None:
    """A link that leads nowhere, a place that is not there, and what would be fetched from elsewhere."""
    (tmp_path / "index.html").write_text(
        """<a href="other.html#here"></a><a href="other.html#gone"></a><a href="gone.html"></a><a href="#top"></a>
        <a href="https://elsewhere.org/"></a><script src="https://elsewhere.org/x.js"></script><p id="top"></p>
        <a href="/docs/other.html"></a><a href="http://us.org/docs/other.html"></a><a href="/docs/lost.html"></a>""",
        encoding="utf-8",
    )
    (tmp_path / "other.html").write_text('<h1 id="here">Other</h1>', encoding="utf-8")

    assert list(faults(tmp_path, "http://us.org/docs/")) == [
        "index.html: other.html#gone names no place of that page",
        "index.html: gone.html leads nowhere",
        "index.html: /docs/lost.html leads nowhere",
        "index.html: https://elsewhere.org/x.js is fetched from elsewhere",
    ]


def test_another_generator_gets_plain_markdown(tmp_path: Path, ours: Mapping[str, str]) -> None:
    """Whatever makes HTML of a folder of Markdown can take the place of the one in use."""

    def generator(source: Path, target: Path, *_: object) -> None:
        for path in source.rglob("*.md"):
            page = target / path.relative_to(source).with_suffix(".html")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<pre>{path.stem}</pre>", encoding="utf-8")

    assert build(ours, tmp_path / "site", generator=generator) == []

    site = tmp_path / "site" / "html"
    assert {str(path.relative_to(site)) for path in site.rglob("*.md")} == set(ours)
    assert (site / "models.html").is_file()
    assert (site / "llms.txt").is_file()
