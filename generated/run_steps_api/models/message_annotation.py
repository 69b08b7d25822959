# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..models.file_citation_annotation import FileCitationAnnotation
from ..models.file_path_annotation import FilePathAnnotation
from ..models.unknown_message_annotation import UnknownMessageAnnotation
from ..models.url_citation_annotation import UrlCitationAnnotation
from ..types import MEMBERS

MessageAnnotation: TypeAlias = (
    FileCitationAnnotation | FilePathAnnotation | UrlCitationAnnotation | UnknownMessageAnnotation
)
"""What is noted about a place in a text, by kind. A kind not named here is kept whole."""

MESSAGE_ANNOTATION_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], MessageAnnotation]] = {
    "file_citation": FileCitationAnnotation.from_dict,
    "file_path": FilePathAnnotation.from_dict,
    "url_citation": UrlCitationAnnotation.from_dict,
}
MEMBERS[UnknownMessageAnnotation] = ("type", MESSAGE_ANNOTATION_FROM_DICT)


def message_annotation_from_dict(src_dict: Mapping[str, Any]) -> MessageAnnotation:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownMessageAnnotation`."""
    try:
        return MESSAGE_ANNOTATION_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownMessageAnnotation.from_dict(src_dict)
