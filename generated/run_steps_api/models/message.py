# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.message_attachment import MessageAttachment
from ..models.message_content import MESSAGE_CONTENT_FROM_DICT, message_content_from_dict
from ..models.message_incomplete_details import MessageIncompleteDetails
from ..models.message_role import MessageRole
from ..models.message_status import MessageStatus
from ..models.metadata import Metadata
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

if TYPE_CHECKING:
    from ..models.message_content import MessageContent

_FIELDS = {
    "id": ("id", "string"),
    "object": ("object_", "string"),
    "created_at": ("created_at", "integer or number or string or null"),
    "assistant_id": ("assistant_id", "string or null"),
    "thread_id": ("thread_id", "string or null"),
    "run_id": ("run_id", "string or null"),
    "role": ("role", "string"),
    "content": ("content", "array or string or null"),
    "attachments": ("attachments", "array or null"),
    "metadata": ("metadata", "object or null"),
    "status": ("status", "string or null"),
    "incomplete_details": ("incomplete_details", "object or null"),
    "completed_at": ("completed_at", "integer or number or string or null"),
    "incomplete_at": ("incomplete_at", "integer or number or string or null"),
}
_new = object.__new__
_message_attachment_from_dict = MessageAttachment.from_dict
_metadata_from_dict = Metadata.from_dict
_message_incomplete_details_from_dict = MessageIncompleteDetails.from_dict
_MESSAGE_ROLE = {member.value: member for member in MessageRole}
_MESSAGE_STATUS = {member.value: member for member in MessageStatus}


@_attrs_define(weakref_slot=False, repr=False)
class Message(AdditionalProperties[Any]):
    """What a person or an assistant wrote in a thread. Fields that are not named here, such as the `file_ids` of 2023
    or the `parts` of llamphouse, are kept.

    Attributes:
        id: Id of the message.
        object_: Always `thread.message`.
        created_at: When the message was made.
        assistant_id: Id of the assistant that wrote it; null for what a person wrote.
        thread_id: Id of the thread.
        run_id: Id of the run that wrote it; null for what a person wrote.
        role: Who wrote it.
        content: What was written, in parts; a plain text on some emulators, null or empty while it is being
            written.
        attachments: Files that go with it, and the tools that may use them. Null or empty when there are none,
            missing in 2023.
        metadata: What the caller attached.
        status: How far the message is. In streams, and on some servers everywhere.
        incomplete_details: Why the message is incomplete; null when it is not. Where `status` is.
        completed_at: When the message was completed. Where `status` is.
        incomplete_at: When the message was cut short. Where `status` is.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    object_: str | Unset = UNSET
    created_at: int | float | str | None | Unset = UNSET
    assistant_id: str | None | Unset = UNSET
    thread_id: str | None | Unset = UNSET
    run_id: str | None | Unset = UNSET
    role: MessageRole | str | Unset = UNSET
    content: list[MessageContent] | str | None | Unset = UNSET
    attachments: list[MessageAttachment] | None | Unset = UNSET
    metadata: Metadata | None | Unset = UNSET
    status: MessageStatus | str | None | Unset = UNSET
    incomplete_details: MessageIncompleteDetails | None | Unset = UNSET
    completed_at: int | float | str | None | Unset = UNSET
    incomplete_at: int | float | str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 14
        try:
            object_ = src_dict["object"]
            created_at = src_dict["created_at"]
            assistant_id = src_dict["assistant_id"]
            thread_id = src_dict["thread_id"]
            run_id = src_dict["run_id"]
            role = src_dict["role"]
            content = src_dict["content"]
            attachments = src_dict["attachments"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
            created_at = src_dict.get("created_at", UNSET)
            assistant_id = src_dict.get("assistant_id", UNSET)
            thread_id = src_dict.get("thread_id", UNSET)
            run_id = src_dict.get("run_id", UNSET)
            role = src_dict.get("role", UNSET)
            content = src_dict.get("content", UNSET)
            attachments = src_dict.get("attachments", UNSET)
        id = src_dict["id"]
        if type(id) is str or is_a(id, str):
            self.id = id
        else:
            raise Refused("Message", Misfit("id", "string", id))
        if type(object_) is str or object_ is not UNSET and is_a(object_, str):
            self.object_ = object_
        else:
            self.object_ = UNSET
            unknown += 1
        if (
            created_at is None
            or type(created_at) is int
            or created_at is not UNSET
            and is_a(created_at, int, float, str)
        ):
            self.created_at = created_at
        else:
            self.created_at = UNSET
            unknown += 1
        if assistant_id is None or type(assistant_id) is str or assistant_id is not UNSET and is_a(assistant_id, str):
            self.assistant_id = assistant_id
        else:
            self.assistant_id = UNSET
            unknown += 1
        if thread_id is None or type(thread_id) is str or thread_id is not UNSET and is_a(thread_id, str):
            self.thread_id = thread_id
        else:
            self.thread_id = UNSET
            unknown += 1
        if run_id is None or type(run_id) is str or run_id is not UNSET and is_a(run_id, str):
            self.run_id = run_id
        else:
            self.run_id = UNSET
            unknown += 1
        if type(role) is str or role is not UNSET and is_a(role, str):
            self.role = _MESSAGE_ROLE[role] if role in _MESSAGE_ROLE else role
        else:
            self.role = UNSET
            unknown += 1
        if content is None or type(content) is str or is_a(content, str):
            self.content = content
        elif type(content) is list or content is not UNSET and is_a(content, list):
            try:
                self.content = [MESSAGE_CONTENT_FROM_DICT[item["type"]](item) for item in content]
            except (KeyError, TypeError):
                self.content = decode_items(message_content_from_dict, content)
        else:
            self.content = UNSET
            unknown += 1
        if attachments is None:
            self.attachments = attachments
        elif type(attachments) is list or attachments is not UNSET and is_a(attachments, list):
            try:
                self.attachments = [_message_attachment_from_dict(item) for item in attachments]
            except (KeyError, TypeError):
                self.attachments = decode_items(_message_attachment_from_dict, attachments)
        else:
            self.attachments = UNSET
            unknown += 1
        if "metadata" in src_dict:
            metadata = src_dict["metadata"]
            if metadata is None:
                self.metadata = metadata
            else:
                try:
                    self.metadata = _metadata_from_dict(metadata)
                except (KeyError, TypeError):
                    self.metadata = UNSET
                    unknown += 1
        else:
            self.metadata = UNSET
            unknown += 1
        if "status" in src_dict:
            status = src_dict["status"]
            if status is None:
                self.status = None
            elif type(status) is str or is_a(status, str):
                self.status = _MESSAGE_STATUS[status] if status in _MESSAGE_STATUS else status
            else:
                self.status = UNSET
                unknown += 1
        else:
            self.status = UNSET
            unknown += 1
        if "incomplete_details" in src_dict:
            incomplete_details = src_dict["incomplete_details"]
            if incomplete_details is None:
                self.incomplete_details = incomplete_details
            else:
                try:
                    self.incomplete_details = _message_incomplete_details_from_dict(incomplete_details)
                except (KeyError, TypeError):
                    self.incomplete_details = UNSET
                    unknown += 1
        else:
            self.incomplete_details = UNSET
            unknown += 1
        if "completed_at" in src_dict:
            completed_at = src_dict["completed_at"]
            if completed_at is None or type(completed_at) is int or is_a(completed_at, int, float, str):
                self.completed_at = completed_at
            else:
                self.completed_at = UNSET
                unknown += 1
        else:
            self.completed_at = UNSET
            unknown += 1
        if "incomplete_at" in src_dict:
            incomplete_at = src_dict["incomplete_at"]
            if incomplete_at is None or type(incomplete_at) is int or is_a(incomplete_at, int, float, str):
                self.incomplete_at = incomplete_at
            else:
                self.incomplete_at = UNSET
                unknown += 1
        else:
            self.incomplete_at = UNSET
            unknown += 1
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            if len(rest) != unknown:
                rest = self._unfitting(src_dict) | rest
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
        }
        if self.object_ is not UNSET:
            field_dict["object"] = self.object_
        if self.created_at is not UNSET:
            field_dict["created_at"] = self.created_at
        if self.assistant_id is not UNSET:
            field_dict["assistant_id"] = self.assistant_id
        if self.thread_id is not UNSET:
            field_dict["thread_id"] = self.thread_id
        if self.run_id is not UNSET:
            field_dict["run_id"] = self.run_id
        if not isinstance(self.role, Unset):
            field_dict["role"] = str.__str__(self.role)
        if not isinstance(self.content, Unset):
            field_dict["content"] = (
                self.content
                if isinstance(self.content, str)
                else encode_items([item.to_dict() for item in self.content], self.content)
                if self.content is not None
                else None
            )
        if not isinstance(self.attachments, Unset):
            field_dict["attachments"] = (
                encode_items([item.to_dict() for item in self.attachments], self.attachments)
                if self.attachments is not None
                else None
            )
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.status, Unset):
            field_dict["status"] = str.__str__(self.status) if self.status is not None else None
        if not isinstance(self.incomplete_details, Unset):
            field_dict["incomplete_details"] = (
                self.incomplete_details.to_dict() if self.incomplete_details is not None else None
            )
        if self.completed_at is not UNSET:
            field_dict["completed_at"] = self.completed_at
        if self.incomplete_at is not UNSET:
            field_dict["incomplete_at"] = self.incomplete_at
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
