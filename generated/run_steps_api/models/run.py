# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.incomplete_details import IncompleteDetails
from ..models.metadata import Metadata
from ..models.required_action import RequiredAction
from ..models.run_error import RunError
from ..models.run_status import RunStatus
from ..models.run_tool import RunTool
from ..models.tool_resources import ToolResources
from ..models.usage import Usage
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

_FIELDS = {
    "id": ("id", "string"),
    "object": ("object_", "string"),
    "created_at": ("created_at", "integer or number or string or null"),
    "assistant_id": ("assistant_id", "string or null"),
    "thread_id": ("thread_id", "string"),
    "status": ("status", "string"),
    "tried_cancelling_at": ("tried_cancelling_at", "integer or number or string or null"),
    "tool_resources": ("tool_resources", "object or null"),
    "started_at": ("started_at", "integer or number or string or null"),
    "expires_at": ("expires_at", "integer or number or string or null"),
    "cancelled_at": ("cancelled_at", "integer or number or string or null"),
    "failed_at": ("failed_at", "integer or number or string or null"),
    "completed_at": ("completed_at", "integer or number or string or null"),
    "incomplete_details": ("incomplete_details", "object or null"),
    "required_action": ("required_action", "object or null"),
    "last_error": ("last_error", "object or null"),
    "model": ("model", "string or null"),
    "instructions": ("instructions", "string or null"),
    "tools": ("tools", "array or null"),
    "metadata": ("metadata", "object or null"),
    "usage": ("usage", "object or null"),
}
_new = object.__new__
_tool_resources_from_dict = ToolResources.from_dict
_incomplete_details_from_dict = IncompleteDetails.from_dict
_required_action_from_dict = RequiredAction.from_dict
_run_error_from_dict = RunError.from_dict
_run_tool_from_dict = RunTool.from_dict
_metadata_from_dict = Metadata.from_dict
_usage_from_dict = Usage.from_dict
_RUN_STATUS = {member.value: member for member in RunStatus}


@_attrs_define(weakref_slot=False, repr=False)
class Run(AdditionalProperties[Any]):
    """One pass of an assistant over a thread, made of steps. Settings of the model that are not named here, such as
    `temperature` or `tool_choice`, are kept.

    Attributes:
        id: Id of the run.
        object_: Always `thread.run`.
        created_at: When the run was asked for.
        assistant_id: Id of the assistant that carries out the run; null on a self-hosted server where a run needs
            none.
        thread_id: Id of the thread.
        status: How far the run is.
        tried_cancelling_at: When somebody asked to cancel the run. Seen on a self-hosted server.
        tool_resources: Files and stores the tools may use, which are kept as they came. Seen on Azure AI Agents.
        started_at: When the run left the queue; null before.
        expires_at: When the run will be given up. Sent while it is going; null afterwards on most servers.
        cancelled_at: When the run was cancelled.
        failed_at: When the run failed.
        completed_at: When the run was completed.
        incomplete_details: Why the run is incomplete; null when it is not. Missing on servers of 2023.
        required_action: What the caller has to do before the run goes on; null when there is nothing to do.
        last_error: Why the run failed; null when it did not. DashScope sends empty texts instead of null.
        model: Name of the model.
        instructions: What the assistant was told for this run.
        tools: Tools the assistant may call; null on llamphouse when there are none.
        metadata: What the caller attached.
        usage: Tokens used by all steps; null until the run has ended.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    object_: str | Unset = UNSET
    created_at: int | float | str | None | Unset = UNSET
    assistant_id: str | None | Unset = UNSET
    thread_id: str | Unset = UNSET
    status: RunStatus | str | Unset = UNSET
    tried_cancelling_at: int | float | str | None | Unset = UNSET
    tool_resources: ToolResources | None | Unset = UNSET
    started_at: int | float | str | None | Unset = UNSET
    expires_at: int | float | str | None | Unset = UNSET
    cancelled_at: int | float | str | None | Unset = UNSET
    failed_at: int | float | str | None | Unset = UNSET
    completed_at: int | float | str | None | Unset = UNSET
    incomplete_details: IncompleteDetails | None | Unset = UNSET
    required_action: RequiredAction | None | Unset = UNSET
    last_error: RunError | None | Unset = UNSET
    model: str | None | Unset = UNSET
    instructions: str | None | Unset = UNSET
    tools: list[RunTool] | None | Unset = UNSET
    metadata: Metadata | None | Unset = UNSET
    usage: Usage | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 21
        try:
            object_ = src_dict["object"]
            created_at = src_dict["created_at"]
            assistant_id = src_dict["assistant_id"]
            thread_id = src_dict["thread_id"]
            status = src_dict["status"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
            created_at = src_dict.get("created_at", UNSET)
            assistant_id = src_dict.get("assistant_id", UNSET)
            thread_id = src_dict.get("thread_id", UNSET)
            status = src_dict.get("status", UNSET)
        id = src_dict["id"]
        if type(id) is str or is_a(id, str):
            self.id = id
        else:
            raise Refused("Run", Misfit("id", "string", id))
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
        if type(thread_id) is str or thread_id is not UNSET and is_a(thread_id, str):
            self.thread_id = thread_id
        else:
            self.thread_id = UNSET
            unknown += 1
        if type(status) is str or status is not UNSET and is_a(status, str):
            self.status = _RUN_STATUS[status] if status in _RUN_STATUS else status
        else:
            self.status = UNSET
            unknown += 1
        if "tried_cancelling_at" in src_dict:
            tried_cancelling_at = src_dict["tried_cancelling_at"]
            if (
                tried_cancelling_at is None
                or type(tried_cancelling_at) is int
                or is_a(tried_cancelling_at, int, float, str)
            ):
                self.tried_cancelling_at = tried_cancelling_at
            else:
                self.tried_cancelling_at = UNSET
                unknown += 1
        else:
            self.tried_cancelling_at = UNSET
            unknown += 1
        if "tool_resources" in src_dict:
            tool_resources = src_dict["tool_resources"]
            if tool_resources is None:
                self.tool_resources = tool_resources
            else:
                try:
                    self.tool_resources = _tool_resources_from_dict(tool_resources)
                except (KeyError, TypeError):
                    self.tool_resources = UNSET
                    unknown += 1
        else:
            self.tool_resources = UNSET
            unknown += 1
        if "started_at" in src_dict:
            started_at = src_dict["started_at"]
            if started_at is None or type(started_at) is int or is_a(started_at, int, float, str):
                self.started_at = started_at
            else:
                self.started_at = UNSET
                unknown += 1
        else:
            self.started_at = UNSET
            unknown += 1
        if "expires_at" in src_dict:
            expires_at = src_dict["expires_at"]
            if expires_at is None or type(expires_at) is int or is_a(expires_at, int, float, str):
                self.expires_at = expires_at
            else:
                self.expires_at = UNSET
                unknown += 1
        else:
            self.expires_at = UNSET
            unknown += 1
        if "cancelled_at" in src_dict:
            cancelled_at = src_dict["cancelled_at"]
            if cancelled_at is None or type(cancelled_at) is int or is_a(cancelled_at, int, float, str):
                self.cancelled_at = cancelled_at
            else:
                self.cancelled_at = UNSET
                unknown += 1
        else:
            self.cancelled_at = UNSET
            unknown += 1
        if "failed_at" in src_dict:
            failed_at = src_dict["failed_at"]
            if failed_at is None or type(failed_at) is int or is_a(failed_at, int, float, str):
                self.failed_at = failed_at
            else:
                self.failed_at = UNSET
                unknown += 1
        else:
            self.failed_at = UNSET
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
        if "incomplete_details" in src_dict:
            incomplete_details = src_dict["incomplete_details"]
            if incomplete_details is None:
                self.incomplete_details = incomplete_details
            else:
                try:
                    self.incomplete_details = _incomplete_details_from_dict(incomplete_details)
                except (KeyError, TypeError):
                    self.incomplete_details = UNSET
                    unknown += 1
        else:
            self.incomplete_details = UNSET
            unknown += 1
        if "required_action" in src_dict:
            required_action = src_dict["required_action"]
            if required_action is None:
                self.required_action = required_action
            else:
                try:
                    self.required_action = _required_action_from_dict(required_action)
                except (KeyError, TypeError):
                    self.required_action = UNSET
                    unknown += 1
        else:
            self.required_action = UNSET
            unknown += 1
        if "last_error" in src_dict:
            last_error = src_dict["last_error"]
            if last_error is None:
                self.last_error = last_error
            else:
                try:
                    self.last_error = _run_error_from_dict(last_error)
                except (KeyError, TypeError):
                    self.last_error = UNSET
                    unknown += 1
        else:
            self.last_error = UNSET
            unknown += 1
        if "model" in src_dict:
            model = src_dict["model"]
            if model is None or type(model) is str or is_a(model, str):
                self.model = model
            else:
                self.model = UNSET
                unknown += 1
        else:
            self.model = UNSET
            unknown += 1
        if "instructions" in src_dict:
            instructions = src_dict["instructions"]
            if instructions is None or type(instructions) is str or is_a(instructions, str):
                self.instructions = instructions
            else:
                self.instructions = UNSET
                unknown += 1
        else:
            self.instructions = UNSET
            unknown += 1
        if "tools" in src_dict:
            tools = src_dict["tools"]
            if tools is None:
                self.tools = tools
            elif type(tools) is list or is_a(tools, list):
                try:
                    self.tools = [_run_tool_from_dict(item) for item in tools]
                except (KeyError, TypeError):
                    self.tools = decode_items(_run_tool_from_dict, tools)
            else:
                self.tools = UNSET
                unknown += 1
        else:
            self.tools = UNSET
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
        if "usage" in src_dict:
            usage = src_dict["usage"]
            if usage is None:
                self.usage = usage
            else:
                try:
                    self.usage = _usage_from_dict(usage)
                except (KeyError, TypeError):
                    self.usage = UNSET
                    unknown += 1
        else:
            self.usage = UNSET
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
        if not isinstance(self.status, Unset):
            field_dict["status"] = str.__str__(self.status)
        if self.tried_cancelling_at is not UNSET:
            field_dict["tried_cancelling_at"] = self.tried_cancelling_at
        if not isinstance(self.tool_resources, Unset):
            field_dict["tool_resources"] = self.tool_resources.to_dict() if self.tool_resources is not None else None
        if self.started_at is not UNSET:
            field_dict["started_at"] = self.started_at
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = self.expires_at
        if self.cancelled_at is not UNSET:
            field_dict["cancelled_at"] = self.cancelled_at
        if self.failed_at is not UNSET:
            field_dict["failed_at"] = self.failed_at
        if self.completed_at is not UNSET:
            field_dict["completed_at"] = self.completed_at
        if not isinstance(self.incomplete_details, Unset):
            field_dict["incomplete_details"] = (
                self.incomplete_details.to_dict() if self.incomplete_details is not None else None
            )
        if not isinstance(self.required_action, Unset):
            field_dict["required_action"] = self.required_action.to_dict() if self.required_action is not None else None
        if not isinstance(self.last_error, Unset):
            field_dict["last_error"] = self.last_error.to_dict() if self.last_error is not None else None
        if self.model is not UNSET:
            field_dict["model"] = self.model
        if self.instructions is not UNSET:
            field_dict["instructions"] = self.instructions
        if not isinstance(self.tools, Unset):
            field_dict["tools"] = (
                encode_items([item.to_dict() for item in self.tools], self.tools) if self.tools is not None else None
            )
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.usage, Unset):
            field_dict["usage"] = self.usage.to_dict() if self.usage is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
