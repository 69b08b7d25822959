# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.image_file_message_content import ImageFileMessageContent
    from ..models.image_url_message_content import ImageUrlMessageContent
    from ..models.refusal_message_content import RefusalMessageContent
    from ..models.text_message_content import TextMessageContent
    from ..models.unknown_message_content import UnknownMessageContent

    MessageContent: TypeAlias = (
        TextMessageContent
        | ImageFileMessageContent
        | ImageUrlMessageContent
        | RefusalMessageContent
        | UnknownMessageContent
    )
    """A part of a message, by kind. A kind not named here is kept whole."""

MESSAGE_CONTENT_FROM_DICT: Members[MessageContent] = Members(
    "type",
    {
        "text": "TextMessageContent",
        "image_file": "ImageFileMessageContent",
        "image_url": "ImageUrlMessageContent",
        "refusal": "RefusalMessageContent",
    },
    "UnknownMessageContent",
)


def message_content_from_dict(src_dict: Mapping[str, Any]) -> MessageContent:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownMessageContent`."""
    try:
        return MESSAGE_CONTENT_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return MESSAGE_CONTENT_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "MessageContent":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = MESSAGE_CONTENT_FROM_DICT.union()
        return union
