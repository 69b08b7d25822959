# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..models.image_file_message_content import ImageFileMessageContent
from ..models.image_url_message_content import ImageUrlMessageContent
from ..models.refusal_message_content import RefusalMessageContent
from ..models.text_message_content import TextMessageContent
from ..models.unknown_message_content import UnknownMessageContent
from ..types import MEMBERS

MessageContent: TypeAlias = (
    TextMessageContent
    | ImageFileMessageContent
    | ImageUrlMessageContent
    | RefusalMessageContent
    | UnknownMessageContent
)
"""A part of a message, by kind. A kind not named here is kept whole."""

MESSAGE_CONTENT_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], MessageContent]] = {
    "text": TextMessageContent.from_dict,
    "image_file": ImageFileMessageContent.from_dict,
    "image_url": ImageUrlMessageContent.from_dict,
    "refusal": RefusalMessageContent.from_dict,
}
MEMBERS[UnknownMessageContent] = ("type", MESSAGE_CONTENT_FROM_DICT)


def message_content_from_dict(src_dict: Mapping[str, Any]) -> MessageContent:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownMessageContent`."""
    try:
        return MESSAGE_CONTENT_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownMessageContent.from_dict(src_dict)
