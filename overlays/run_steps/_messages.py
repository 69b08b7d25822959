"""What a message says, in whatever form a server sent it."""

from __future__ import annotations

from run_steps_api.models import (
    ImageFileMessageContent,
    ImageUrlMessageContent,
    Message,
    MessageContent,
    MessageImageFile,
    MessageImageUrl,
    MessageText,
    RefusalMessageContent,
    TextMessageContent,
)

_LONGEST_ADDRESS = 200
"""So much of the address of a picture is given (characters), which may be the picture itself."""


def message_text(message: Message) -> str:
    """Return what a message says: its texts as they came, and a word in brackets for what is no text.

    Args:
        message: A message of any server; some send a plain text, others parts.

    Returns:
        The parts in order, a line each or more: text, `[image file_1]`, `[refusal] ...`, `[audio]` for an unknown kind.
    """
    content = message.content
    if isinstance(content, str):
        return content
    return "\n".join(filter(None, map(_part_text, content or [])))


def _part_text(part: MessageContent) -> str:
    match part:
        case TextMessageContent():
            text = part.text.value if isinstance(part.text, MessageText) else part.text
            return text or ""
        case ImageFileMessageContent():
            file = part.image_file
            return f"[image {(file.file_id if isinstance(file, MessageImageFile) else file) or ''}]"
        case ImageUrlMessageContent():
            image = part.image_url
            return f"[image {((image.url if isinstance(image, MessageImageUrl) else image) or '')[:_LONGEST_ADDRESS]}]"
        case RefusalMessageContent():
            return f"[refusal] {part.refusal or part.refusal_text or ''}"
        case _:
            return f"[{part.to_dict().get('type', 'unknown')}]"
