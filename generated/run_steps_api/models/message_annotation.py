# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.file_citation_annotation import FileCitationAnnotation
    from ..models.file_path_annotation import FilePathAnnotation
    from ..models.unknown_message_annotation import UnknownMessageAnnotation
    from ..models.url_citation_annotation import UrlCitationAnnotation

    MessageAnnotation: TypeAlias = (
        FileCitationAnnotation | FilePathAnnotation | UrlCitationAnnotation | UnknownMessageAnnotation
    )
    """What is noted about a place in a text, by kind. A kind not named here is kept whole."""

MESSAGE_ANNOTATION_FROM_DICT: Members[MessageAnnotation] = Members(
    "type",
    {
        "file_citation": "FileCitationAnnotation",
        "file_path": "FilePathAnnotation",
        "url_citation": "UrlCitationAnnotation",
    },
    "UnknownMessageAnnotation",
)


def message_annotation_from_dict(src_dict: Mapping[str, Any]) -> MessageAnnotation:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownMessageAnnotation`."""
    try:
        return MESSAGE_ANNOTATION_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return MESSAGE_ANNOTATION_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "MessageAnnotation":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = MESSAGE_ANNOTATION_FROM_DICT.union()
        return union
