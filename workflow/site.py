"""Build the documentation as a site: ``python -m workflow.site``, or ``nox -s docs``.

Plain Markdown goes in: README, CONTRIBUTING, CHANGELOG, docs/ and the reference that `workflow.reference` writes. One
function, `generate`, knows the generator; the pages, their order, `llms.txt` and the check of every link are ours.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from workflow import ROOT
from workflow.reference import reference

OUT = ROOT / "build" / "site"
SOURCES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "examples/README.md": "examples.md",
}
PICTURES = ROOT / "docs" / "pictures"
REFERENCE = "reference"
HERE = "http://127.0.0.1:8000/"
GUIDES = {
    "Start": "index coming-from-openai coming-from-azure cookbook examples",
    "Read": "models servers pagination errors retries watching streaming timeline",
    "Keep": "archive queries export tables",
    "Tools": "command-line testing performance",
    "The project": "architecture contributing review regenerate maintenance changelog",
}
# Without the first, the site would stay for ever as it was when a reader first came.
PALETTES = [
    ("(prefers-color-scheme)", "default", "sun-moon", "Turn light"),
    ("(prefers-color-scheme: light)", "default", "sun", "Turn dark"),
    ("(prefers-color-scheme: dark)", "slate", "moon", "Light or dark as the system is"),
]
STYLE = "site.css"
RULES = """\
.md-grid { max-width: 76rem }
.language-sh code { white-space: pre-wrap; overflow-wrap: anywhere }
"""
FENCED = re.compile(r"(^```.*?^```$)", flags=re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")


def pages(repository: str = "") -> dict[str, str]:
    """Return every page of the site by the path of its Markdown file.

    Args:
        repository: Where files that are no pages can be seen, such as `https://HOST/OWNER/NAME/blob/COMMIT`; links to
            them become plain text when it is left out.
    """
    sources = {name: ROOT / name for name in SOURCES}
    sources |= {f"docs/{path.name}": path for path in sorted((ROOT / "docs").glob("*.md"))}
    places = {source: SOURCES.get(source, Path(source).name) for source in sources}
    shown = {f"docs/{PICTURES.name}/{path.name}": f"{PICTURES.name}/{path.name}" for path in PICTURES.glob("*.png")}
    found = {
        page: relinked(sources[source].read_text(encoding="utf-8"), source, places | shown, repository)
        for source, page in places.items()
    }
    return found | {f"{REFERENCE}/{name}.md": text for name, text in reference().items()}


def relinked(text: str, source: str, places: Mapping[str, str], repository: str) -> str:
    """Return a page with its links to files of the repository as they are on the site.

    Args:
        text: The page as it stands in the repository.
        source: Its path there.
        places: The path on the site of each file that is a page.
        repository: See `pages`.
    """

    def on_site(match: re.Match[str]) -> str:
        words, target = match.groups()
        path, _, fragment = target.partition("#")
        if not path or ":" in path:
            return match[0]
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if file in places:
            return f"[{words}]({places[file]}{'#' + fragment if fragment else ''})"
        if not (ROOT / file).exists():
            return match[0]  # which the check of links then tells
        return f"[{words}]({repository}/{file})" if repository else str(words)

    return "".join(part if part.startswith("```") else LINK.sub(on_site, part) for part in FENCED.split(text))


def navigation(names: list[str]) -> dict[str, list[str]]:
    """Return the pages by section, in the order to read them.

    Args:
        names: The paths of all pages.

    Raises:
        ValueError: A page has no place in the order, or a place no page.
    """
    sections = {title: [f"{name}.md" for name in listed.split()] for title, listed in GUIDES.items()}
    for package in ("run_steps", "run_steps_api"):
        modules = (name.removesuffix(".md") for name in names if name.startswith(f"{REFERENCE}/{package}."))
        sections[f"Reference of {package}"] = [f"{name}.md" for name in sorted(modules)]
    listed = [name for section in sections.values() for name in section]
    if astray := set(listed) ^ set(names):
        raise ValueError(f"GUIDES in workflow/site.py and the pages do not agree: {', '.join(sorted(astray))}")
    return sections


def title(text: str) -> str:
    """Return the title of a page."""
    return text.partition("\n")[0].removeprefix("# ").strip()


def llms_txt(texts: Mapping[str, str], sections: Mapping[str, list[str]]) -> str:
    """Return the index that programs read, in the form of https://llmstxt.org.

    Args:
        texts: The pages by path.
        sections: Their paths by section.
    """
    lines = [f"# {title(texts['index.md'])}", "", f"> {_opening(texts['index.md'])}"]
    for section, names in sections.items():
        lines += ["", f"## {section}", ""]
        lines += [f"- [{title(texts[name])}]({name}): {_opening(texts[name])}" for name in names]
    return "\n".join(lines) + "\n"


def _opening(text: str) -> str:
    """Return the first sentence below the title, without its links."""
    paragraph = next(part for part in text.split("\n\n")[1:] if not part.startswith(("#", "<", "```", "|")))
    plain = LINK.sub(r"\1", " ".join(paragraph.split()))
    return re.split(r"(?<=\.)\s", plain)[0]


def generate(source: Path, target: Path, url: str, name: str, sections: Mapping[str, list[str]]) -> None:
    """Let Zensical make a site of a folder of Markdown; any warning is an error.

    Args:
        source: The folder of the pages.
        target: The folder of the site.
        url: Where the site will be, with a slash at its end.
        name: The name of the site.
        sections: The paths of the pages by section.

    Raises:
        subprocess.CalledProcessError: It found a fault; it has said which.
    """
    palettes = [
        {"media": media, "scheme": scheme, "toggle": {"icon": f"lucide/{icon}", "name": following}}
        for media, scheme, icon, following in PALETTES
    ]
    (source / STYLE).write_text(RULES, encoding="utf-8")
    settings = {
        "site_name": name,
        "site_url": url,
        "docs_dir": source.name,
        "site_dir": target.name,
        "use_directory_urls": False,
        "nav": [{section: list(names)} for section, names in sections.items()],
        "extra_css": [STYLE],
        "theme": {"font": False, "palette": palettes, "features": ["content.code.copy", "navigation.top"]},
        "markdown_extensions": {
            "attr_list": {},
            "md_in_html": {},
            "tables": {},
            "toc": {"permalink": True},
            "pymdownx.highlight": {"pygments_lang_class": True},
            "pymdownx.superfences": {},
        },
    }
    # JSON is YAML.
    config = source.parent / "mkdocs.yml"
    config.write_text(json.dumps(settings, indent=2), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", config.name]
    subprocess.run(command, cwd=config.parent, check=True)


class _Addresses(HTMLParser):
    """Collects what a page names and what it links or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value}
        self.names |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload", "preconnect"}:
            self.loads.append(given.get("href", ""))
        elif "src" in given:
            self.loads.append(given["src"])


def faults(site: Path, url: str) -> Iterator[str]:
    """Yield a sentence for each link that leads nowhere and for all that is fetched from elsewhere.

    Args:
        site: The folder of the built site.
        url: Where it will be, with a slash at its end.
    """
    root = urlsplit(url).path
    found: dict[Path, _Addresses] = {}
    for path in sorted(site.rglob("*.html")):
        found[path] = _Addresses()
        found[path].feed(path.read_text(encoding="utf-8"))
    for path, page in found.items():
        here = path.relative_to(site)
        for address in page.links + page.loads:
            parts = urlsplit(address.replace(url, root))
            if parts.scheme or parts.netloc:
                if address in page.loads:
                    yield f"{here}: {address} is fetched from elsewhere"
                continue
            folder, name = (site, parts.path[len(root) :]) if parts.path.startswith(root) else (path.parent, parts.path)
            target = (folder / unquote(name)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                yield f"{here}: {address} leads nowhere"
            elif parts.fragment and target in found and unquote(parts.fragment) not in found[target].names:
                yield f"{here}: {address} names no place of that page"


def build(texts: Mapping[str, str], out: Path, url: str = HERE, generator: Callable[..., None] = generate) -> list[str]:
    """Build the site and return what is wrong with it.

    Args:
        texts: Its pages by path.
        out: A folder of its own; `out / "html"` becomes the site, with the Markdown of each page beside it.
        url: Where the site will be, with a slash at its end.
        generator: Makes HTML of Markdown, as `generate` does.
    """
    shutil.rmtree(out, ignore_errors=True)
    sections = navigation(list(texts))
    source, target = out / "markdown", out / "html"
    for name, text in texts.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(PICTURES, source / PICTURES.name)
    generator(source, target, url, title(texts["index.md"]), sections)
    (source / "llms.txt").write_text(llms_txt(texts, sections), encoding="utf-8")
    shutil.copytree(source, target, dirs_exist_ok=True)
    return list(faults(target.resolve(), url))


def main() -> int:
    """Run the command; return its exit code."""
    url = os.environ.get("SITE_URL", HERE).rstrip("/") + "/"
    try:
        found = build(pages(os.environ.get("SOURCE_URL", "")), OUT, url)
    except subprocess.CalledProcessError as error:
        return error.returncode  # it has told the page and the line
    for fault in found:
        print(fault)
    print(f"{len(found)} faults." if found else f"The site is in {OUT.relative_to(ROOT)}/html.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
