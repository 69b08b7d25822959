# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.incomplete_details import IncompleteDetails
from ..models.metadata import Metadata
from ..models.required_action import RequiredAction
from ..models.run_error import RunError
from ..models.run_status import RunStatus
from ..models.run_tool import RunTool
from ..models.usage import Usage
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset(
    {
        "id",
        "object",
        "created_at",
        "assistant_id",
        "thread_id",
        "status",
        "started_at",
        "expires_at",
        "cancelled_at",
        "failed_at",
        "completed_at",
        "incomplete_details",
        "required_action",
        "last_error",
        "model",
        "instructions",
        "tools",
        "metadata",
        "usage",
    }
)
_new = object.__new__
_incomplete_details_from_dict = IncompleteDetails.from_dict
_required_action_from_dict = RequiredAction.from_dict
_run_error_from_dict = RunError.from_dict
_run_tool_from_dict = RunTool.from_dict
_metadata_from_dict = Metadata.from_dict
_usage_from_dict = Usage.from_dict
_RUN_STATUS = {member.value: member for member in RunStatus}


@_attrs_define(weakref_slot=False)
class Run(AdditionalProperties[Any]):
    """One pass of an assistant over a thread, made of steps. Settings of the model that are not named here, such as
    `temperature` or `tool_choice`, are kept.

    Attributes:
        id: Id of the run.
        object_: Always `thread.run`.
        created_at: A point in time: Unix seconds as an integer on OpenAI and Azure; Unix milliseconds on DashScope,
            with -1 for a time that is not set; Unix seconds with a fraction on open-assistant-api; ISO 8601 text on
            llamphouse.
        assistant_id: Id of the assistant that carries out the run.
        thread_id: Id of the thread.
        status: How far the run is.
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

    id: str
    object_: str
    created_at: int | float | str
    assistant_id: str
    thread_id: str
    status: RunStatus | str
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
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        self = _new(cls)
        unknown = len(src_dict) - 6
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"Run.id: expected str, got {type(id).__name__}")
        self.id = id
        object_ = src_dict["object"]
        if not isinstance(object_, str):
            raise TypeError(f"Run.object_: expected str, got {type(object_).__name__}")
        self.object_ = object_
        created_at = src_dict["created_at"]
        if not isinstance(created_at, (int, float, str)):
            raise TypeError(f"Run.created_at: expected int or float or str, got {type(created_at).__name__}")
        self.created_at = created_at
        assistant_id = src_dict["assistant_id"]
        if not isinstance(assistant_id, str):
            raise TypeError(f"Run.assistant_id: expected str, got {type(assistant_id).__name__}")
        self.assistant_id = assistant_id
        thread_id = src_dict["thread_id"]
        if not isinstance(thread_id, str):
            raise TypeError(f"Run.thread_id: expected str, got {type(thread_id).__name__}")
        self.thread_id = thread_id
        status = src_dict["status"]
        if not isinstance(status, str):
            raise TypeError(f"Run.status: expected str, got {type(status).__name__}")
        self.status = _RUN_STATUS.get(status, status)
        if "started_at" in src_dict:
            started_at = src_dict["started_at"]
            if started_at is not None and not isinstance(started_at, (int, float, str)):
                raise TypeError(
                    f"Run.started_at: expected int or float or str or None, got {type(started_at).__name__}"
                )
            self.started_at = started_at
            unknown -= 1
        else:
            self.started_at = UNSET
        if "expires_at" in src_dict:
            expires_at = src_dict["expires_at"]
            if expires_at is not None and not isinstance(expires_at, (int, float, str)):
                raise TypeError(
                    f"Run.expires_at: expected int or float or str or None, got {type(expires_at).__name__}"
                )
            self.expires_at = expires_at
            unknown -= 1
        else:
            self.expires_at = UNSET
        if "cancelled_at" in src_dict:
            cancelled_at = src_dict["cancelled_at"]
            if cancelled_at is not None and not isinstance(cancelled_at, (int, float, str)):
                raise TypeError(
                    f"Run.cancelled_at: expected int or float or str or None, got {type(cancelled_at).__name__}"
                )
            self.cancelled_at = cancelled_at
            unknown -= 1
        else:
            self.cancelled_at = UNSET
        if "failed_at" in src_dict:
            failed_at = src_dict["failed_at"]
            if failed_at is not None and not isinstance(failed_at, (int, float, str)):
                raise TypeError(f"Run.failed_at: expected int or float or str or None, got {type(failed_at).__name__}")
            self.failed_at = failed_at
            unknown -= 1
        else:
            self.failed_at = UNSET
        if "completed_at" in src_dict:
            completed_at = src_dict["completed_at"]
            if completed_at is not None and not isinstance(completed_at, (int, float, str)):
                raise TypeError(
                    f"Run.completed_at: expected int or float or str or None, got {type(completed_at).__name__}"
                )
            self.completed_at = completed_at
            unknown -= 1
        else:
            self.completed_at = UNSET
        if "incomplete_details" in src_dict:
            incomplete_details = src_dict["incomplete_details"]
            if isinstance(incomplete_details, dict):
                incomplete_details = _incomplete_details_from_dict(incomplete_details)
            elif incomplete_details is not None:
                raise TypeError(
                    f"Run.incomplete_details: expected dict or None, got {type(incomplete_details).__name__}"
                )
            self.incomplete_details = incomplete_details
            unknown -= 1
        else:
            self.incomplete_details = UNSET
        if "required_action" in src_dict:
            required_action = src_dict["required_action"]
            if isinstance(required_action, dict):
                required_action = _required_action_from_dict(required_action)
            elif required_action is not None:
                raise TypeError(f"Run.required_action: expected dict or None, got {type(required_action).__name__}")
            self.required_action = required_action
            unknown -= 1
        else:
            self.required_action = UNSET
        if "last_error" in src_dict:
            last_error = src_dict["last_error"]
            if isinstance(last_error, dict):
                last_error = _run_error_from_dict(last_error)
            elif last_error is not None:
                raise TypeError(f"Run.last_error: expected dict or None, got {type(last_error).__name__}")
            self.last_error = last_error
            unknown -= 1
        else:
            self.last_error = UNSET
        if "model" in src_dict:
            model = src_dict["model"]
            if model is not None and not isinstance(model, str):
                raise TypeError(f"Run.model: expected str or None, got {type(model).__name__}")
            self.model = model
            unknown -= 1
        else:
            self.model = UNSET
        if "instructions" in src_dict:
            instructions = src_dict["instructions"]
            if instructions is not None and not isinstance(instructions, str):
                raise TypeError(f"Run.instructions: expected str or None, got {type(instructions).__name__}")
            self.instructions = instructions
            unknown -= 1
        else:
            self.instructions = UNSET
        if "tools" in src_dict:
            tools = src_dict["tools"]
            if isinstance(tools, list):
                tools = list(map(_run_tool_from_dict, tools))
            elif tools is not None:
                raise TypeError(f"Run.tools: expected list or None, got {type(tools).__name__}")
            self.tools = tools
            unknown -= 1
        else:
            self.tools = UNSET
        if "metadata" in src_dict:
            metadata = src_dict["metadata"]
            if isinstance(metadata, dict):
                metadata = _metadata_from_dict(metadata)
            elif metadata is not None:
                raise TypeError(f"Run.metadata: expected dict or None, got {type(metadata).__name__}")
            self.metadata = metadata
            unknown -= 1
        else:
            self.metadata = UNSET
        if "usage" in src_dict:
            usage = src_dict["usage"]
            if isinstance(usage, dict):
                usage = _usage_from_dict(usage)
            elif usage is not None:
                raise TypeError(f"Run.usage: expected dict or None, got {type(usage).__name__}")
            self.usage = usage
            unknown -= 1
        else:
            self.usage = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "object": self.object_,
            "created_at": self.created_at,
            "assistant_id": self.assistant_id,
            "thread_id": self.thread_id,
            "status": str(self.status),
        }
        if not isinstance(self.started_at, Unset):
            field_dict["started_at"] = self.started_at
        if not isinstance(self.expires_at, Unset):
            field_dict["expires_at"] = self.expires_at
        if not isinstance(self.cancelled_at, Unset):
            field_dict["cancelled_at"] = self.cancelled_at
        if not isinstance(self.failed_at, Unset):
            field_dict["failed_at"] = self.failed_at
        if not isinstance(self.completed_at, Unset):
            field_dict["completed_at"] = self.completed_at
        if not isinstance(self.incomplete_details, Unset):
            field_dict["incomplete_details"] = (
                self.incomplete_details.to_dict() if self.incomplete_details is not None else None
            )
        if not isinstance(self.required_action, Unset):
            field_dict["required_action"] = self.required_action.to_dict() if self.required_action is not None else None
        if not isinstance(self.last_error, Unset):
            field_dict["last_error"] = self.last_error.to_dict() if self.last_error is not None else None
        if not isinstance(self.model, Unset):
            field_dict["model"] = self.model
        if not isinstance(self.instructions, Unset):
            field_dict["instructions"] = self.instructions
        if not isinstance(self.tools, Unset):
            field_dict["tools"] = [item.to_dict() for item in self.tools] if self.tools is not None else None
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.usage, Unset):
            field_dict["usage"] = self.usage.to_dict() if self.usage is not None else None
        field_dict.update(self.additional_properties)
        return field_dict
