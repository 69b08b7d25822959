# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.metadata import Metadata
from ..models.run_step_error import RunStepError
from ..models.run_step_status import RunStepStatus
from ..models.run_step_type import RunStepType
from ..models.step_details import StepDetails, step_details_from_dict
from ..models.usage import Usage
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "id": ("id", "str"),
    "object": ("object_", "str"),
    "created_at": ("created_at", "int or float or str or None"),
    "run_id": ("run_id", "str"),
    "assistant_id": ("assistant_id", "str or None"),
    "thread_id": ("thread_id", "str"),
    "type": ("type_", "str"),
    "status": ("status", "str"),
    "step_details": ("step_details", "dict or None"),
    "last_error": ("last_error", "dict or None"),
    "started_at": ("started_at", "int or float or str or None"),
    "expires_at": ("expires_at", "int or float or str or None"),
    "expired_at": ("expired_at", "int or float or str or None"),
    "cancelled_at": ("cancelled_at", "int or float or str or None"),
    "failed_at": ("failed_at", "int or float or str or None"),
    "completed_at": ("completed_at", "int or float or str or None"),
    "metadata": ("metadata", "dict or None"),
    "usage": ("usage", "dict or None"),
}
_new = object.__new__
_run_step_error_from_dict = RunStepError.from_dict
_metadata_from_dict = Metadata.from_dict
_usage_from_dict = Usage.from_dict
_RUN_STEP_TYPE = {member.value: member for member in RunStepType}
_RUN_STEP_STATUS = {member.value: member for member in RunStepStatus}


@_attrs_define(weakref_slot=False)
class RunStep(AdditionalProperties[Any]):
    """One thing an assistant did during a run: it wrote a message or called tools. The published description also
    requires `expired_at` and `metadata`; of 262 recorded steps none has them.

    Attributes:
        id: Id of the step.
        object_: Always `thread.run.step`.
        created_at: When the step began.
        run_id: Id of the run.
        assistant_id: Id of the assistant that carried out the run; null on a self-hosted server where a run needs
            none.
        thread_id: Id of the thread.
        type_: Kind of the step; the details carry the same word.
        status: How far the step is.
        step_details: What was done. Null on open-assistant-api while a step is being set up.
        last_error: Why the step failed; null when it did not. DashScope sends empty texts instead of null.
        started_at: When the step began to be carried out. Seen on a self-hosted server.
        expires_at: When the step will be given up. Sent while the run is going, null afterwards. Not in the
            published description, in every recorded step of OpenAI and Azure.
        expired_at: When the step was given up. In the published examples and on emulators only.
        cancelled_at: When the step was cancelled.
        failed_at: When the step failed.
        completed_at: When the step was completed.
        metadata: What the caller attached. Missing on most servers, null or empty on some.
        usage: Tokens used; null while the step is going. Missing on servers of 2023 and early 2024.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    object_: str | Unset = UNSET
    created_at: int | float | str | None | Unset = UNSET
    run_id: str | Unset = UNSET
    assistant_id: str | None | Unset = UNSET
    thread_id: str | Unset = UNSET
    type_: RunStepType | str | Unset = UNSET
    status: RunStepStatus | str | Unset = UNSET
    step_details: StepDetails | None | Unset = UNSET
    last_error: RunStepError | None | Unset = UNSET
    started_at: int | float | str | None | Unset = UNSET
    expires_at: int | float | str | None | Unset = UNSET
    expired_at: int | float | str | None | Unset = UNSET
    cancelled_at: int | float | str | None | Unset = UNSET
    failed_at: int | float | str | None | Unset = UNSET
    completed_at: int | float | str | None | Unset = UNSET
    metadata: Metadata | None | Unset = UNSET
    usage: Usage | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 18
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"RunStep.id: expected str, got {type(id).__name__}")
        self.id = id
        if "object" in src_dict:
            object_ = src_dict["object"]
            if type(object_) is str or isinstance(object_, str):
                self.object_ = object_
            else:
                self.object_ = UNSET
                unknown += 1
        else:
            self.object_ = UNSET
            unknown += 1
        if "created_at" in src_dict:
            created_at = src_dict["created_at"]
            if created_at is None:
                self.created_at = None
            elif type(created_at) is int or isinstance(created_at, (int, float, str)):
                self.created_at = created_at
            else:
                self.created_at = UNSET
                unknown += 1
        else:
            self.created_at = UNSET
            unknown += 1
        if "run_id" in src_dict:
            run_id = src_dict["run_id"]
            if type(run_id) is str or isinstance(run_id, str):
                self.run_id = run_id
            else:
                self.run_id = UNSET
                unknown += 1
        else:
            self.run_id = UNSET
            unknown += 1
        if "assistant_id" in src_dict:
            assistant_id = src_dict["assistant_id"]
            if assistant_id is None:
                self.assistant_id = None
            elif type(assistant_id) is str or isinstance(assistant_id, str):
                self.assistant_id = assistant_id
            else:
                self.assistant_id = UNSET
                unknown += 1
        else:
            self.assistant_id = UNSET
            unknown += 1
        if "thread_id" in src_dict:
            thread_id = src_dict["thread_id"]
            if type(thread_id) is str or isinstance(thread_id, str):
                self.thread_id = thread_id
            else:
                self.thread_id = UNSET
                unknown += 1
        else:
            self.thread_id = UNSET
            unknown += 1
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type(type_) is str or isinstance(type_, str):
                self.type_ = _RUN_STEP_TYPE.get(type_, type_)
            else:
                self.type_ = UNSET
                unknown += 1
        else:
            self.type_ = UNSET
            unknown += 1
        if "status" in src_dict:
            status = src_dict["status"]
            if type(status) is str or isinstance(status, str):
                self.status = _RUN_STEP_STATUS.get(status, status)
            else:
                self.status = UNSET
                unknown += 1
        else:
            self.status = UNSET
            unknown += 1
        if "step_details" in src_dict:
            step_details = src_dict["step_details"]
            if step_details is None:
                self.step_details = None
            elif type(step_details) is dict or isinstance(step_details, dict):
                self.step_details = step_details_from_dict(step_details)
            else:
                self.step_details = UNSET
                unknown += 1
        else:
            self.step_details = UNSET
            unknown += 1
        if "last_error" in src_dict:
            last_error = src_dict["last_error"]
            if last_error is None:
                self.last_error = None
            elif type(last_error) is dict or isinstance(last_error, dict):
                self.last_error = _run_step_error_from_dict(last_error)
            else:
                self.last_error = UNSET
                unknown += 1
        else:
            self.last_error = UNSET
            unknown += 1
        if "started_at" in src_dict:
            started_at = src_dict["started_at"]
            if started_at is None:
                self.started_at = None
            elif type(started_at) is int or isinstance(started_at, (int, float, str)):
                self.started_at = started_at
            else:
                self.started_at = UNSET
                unknown += 1
        else:
            self.started_at = UNSET
            unknown += 1
        if "expires_at" in src_dict:
            expires_at = src_dict["expires_at"]
            if expires_at is None:
                self.expires_at = None
            elif type(expires_at) is int or isinstance(expires_at, (int, float, str)):
                self.expires_at = expires_at
            else:
                self.expires_at = UNSET
                unknown += 1
        else:
            self.expires_at = UNSET
            unknown += 1
        if "expired_at" in src_dict:
            expired_at = src_dict["expired_at"]
            if expired_at is None:
                self.expired_at = None
            elif type(expired_at) is int or isinstance(expired_at, (int, float, str)):
                self.expired_at = expired_at
            else:
                self.expired_at = UNSET
                unknown += 1
        else:
            self.expired_at = UNSET
            unknown += 1
        if "cancelled_at" in src_dict:
            cancelled_at = src_dict["cancelled_at"]
            if cancelled_at is None:
                self.cancelled_at = None
            elif type(cancelled_at) is int or isinstance(cancelled_at, (int, float, str)):
                self.cancelled_at = cancelled_at
            else:
                self.cancelled_at = UNSET
                unknown += 1
        else:
            self.cancelled_at = UNSET
            unknown += 1
        if "failed_at" in src_dict:
            failed_at = src_dict["failed_at"]
            if failed_at is None:
                self.failed_at = None
            elif type(failed_at) is int or isinstance(failed_at, (int, float, str)):
                self.failed_at = failed_at
            else:
                self.failed_at = UNSET
                unknown += 1
        else:
            self.failed_at = UNSET
            unknown += 1
        if "completed_at" in src_dict:
            completed_at = src_dict["completed_at"]
            if completed_at is None:
                self.completed_at = None
            elif type(completed_at) is int or isinstance(completed_at, (int, float, str)):
                self.completed_at = completed_at
            else:
                self.completed_at = UNSET
                unknown += 1
        else:
            self.completed_at = UNSET
            unknown += 1
        if "metadata" in src_dict:
            metadata = src_dict["metadata"]
            if metadata is None:
                self.metadata = None
            elif type(metadata) is dict or isinstance(metadata, dict):
                self.metadata = _metadata_from_dict(metadata)
            else:
                self.metadata = UNSET
                unknown += 1
        else:
            self.metadata = UNSET
            unknown += 1
        if "usage" in src_dict:
            usage = src_dict["usage"]
            if usage is None:
                self.usage = None
            elif type(usage) is dict or isinstance(usage, dict):
                self.usage = _usage_from_dict(usage)
            else:
                self.usage = UNSET
                unknown += 1
        else:
            self.usage = UNSET
            unknown += 1
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
        }
        if not isinstance(self.object_, Unset):
            field_dict["object"] = self.object_
        if not isinstance(self.created_at, Unset):
            field_dict["created_at"] = self.created_at
        if not isinstance(self.run_id, Unset):
            field_dict["run_id"] = self.run_id
        if not isinstance(self.assistant_id, Unset):
            field_dict["assistant_id"] = self.assistant_id
        if not isinstance(self.thread_id, Unset):
            field_dict["thread_id"] = self.thread_id
        if not isinstance(self.type_, Unset):
            field_dict["type"] = str(self.type_)
        if not isinstance(self.status, Unset):
            field_dict["status"] = str(self.status)
        if not isinstance(self.step_details, Unset):
            field_dict["step_details"] = self.step_details.to_dict() if self.step_details is not None else None
        if not isinstance(self.last_error, Unset):
            field_dict["last_error"] = self.last_error.to_dict() if self.last_error is not None else None
        if not isinstance(self.started_at, Unset):
            field_dict["started_at"] = self.started_at
        if not isinstance(self.expires_at, Unset):
            field_dict["expires_at"] = self.expires_at
        if not isinstance(self.expired_at, Unset):
            field_dict["expired_at"] = self.expired_at
        if not isinstance(self.cancelled_at, Unset):
            field_dict["cancelled_at"] = self.cancelled_at
        if not isinstance(self.failed_at, Unset):
            field_dict["failed_at"] = self.failed_at
        if not isinstance(self.completed_at, Unset):
            field_dict["completed_at"] = self.completed_at
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.usage, Unset):
            field_dict["usage"] = self.usage.to_dict() if self.usage is not None else None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
