"""A tag is released only when the tag, the package and the changelog agree."""

import pytest

from workflow.release import faults, main

CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-25

### Added

- Something.

## [1.1.0] - 2026-10-01

- Something else.
"""


def test_what_agrees_can_be_released() -> None:
    """Nothing is wrong when the three agree."""
    assert faults("v1.2.0", "1.2.0", CHANGELOG) == []


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "fault"),
    [
        ("v1.3.0", "1.2.0", CHANGELOG, "the tag is v1.3.0"),
        ("1.2.0", "1.2.0", CHANGELOG, "it must be v1.2.0"),
        ("v1.3.0", "1.3.0", CHANGELOG, "has no section '## [1.3.0] - YYYY-MM-DD'"),
        ("v1.1.0", "1.1.0", CHANGELOG, "tells of 1.2.0 before 1.1.0"),
        ("v1.2.0", "1.2.0", CHANGELOG.replace("2026-11-25", "soon"), "tells no date of 1.2.0"),
        ("v1.2.0", "1.2.0", CHANGELOG.replace(" - 2026-11-25", ""), "tells no date of 1.2.0"),
        ("v1.2.0", "1.2.0", CHANGELOG.replace("### Added\n\n- Something.\n\n", ""), "says nothing about 1.2.0"),
        ("v1.2.0", "1.2.0", CHANGELOG.replace("[Unreleased]", "[Unreleased]\n\n- More."), "unreleased changes"),
    ],
)
def test_what_disagrees_is_named(tag: str, version: str, changelog: str, fault: str) -> None:
    """Each disagreement keeps the tag from being released, and is said in a sentence."""
    (found,) = faults(tag, version, changelog)

    assert fault in found


def test_a_tag_of_another_version_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The command compares with this package and fails."""
    assert main(["v0.0.0"]) == 1
    assert "v0.0.0 cannot be released: the tag is v0.0.0" in capsys.readouterr().out
