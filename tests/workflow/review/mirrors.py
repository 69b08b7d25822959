"""Which rule reports a change when base and revision are exchanged."""

from __future__ import annotations

_OPPOSITES = {
    "added": "removed",
    "increased": "decreased",
    "required": "optional",
    "narrowed": "widened",
    "opened": "closed",
    "introduced": "dissolved",
}
_WITHOUT_MIRRORED_WORD = {"deprecated": "undeprecated", "undeprecated": "deprecated", "rewritten": "rewritten"}
_MIRRORED_WORDS = _OPPOSITES | {after: before for before, after in _OPPOSITES.items()}


def mirrored(rule: str) -> str:
    """Return the rule that reports the same change when base and revision are exchanged."""
    if rule.startswith("became-not-"):
        return "became-" + rule.removeprefix("became-not-")
    if "-became-not-" in rule:
        return rule.replace("-became-not-", "-became-")
    if "became-" in rule and not rule.endswith(("-required", "-optional")):
        return rule.replace("became-", "became-not-")
    if rule in _WITHOUT_MIRRORED_WORD:
        return _WITHOUT_MIRRORED_WORD[rule]
    stem, _, word = rule.rpartition("-")
    return f"{stem}-{_MIRRORED_WORDS.get(word, word)}"
