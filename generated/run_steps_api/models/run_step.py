# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.metadata import Metadata
from ..models.run_step_error import RunStepError
from ..models.run_step_status import RunStepStatus
from ..models.run_step_type import RunStepType
from ..models.step_details import step_details_from_dict
from ..models.usage import Usage
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
)

if TYPE_CHECKING:
    from ..models.step_details import StepDetails

_FIELDS = {
    "id": ("id", "string"),
    "object": ("object_", "string"),
    "created_at": ("created_at", "integer or number or string or null"),
    "run_id": ("run_id", "string"),
    "assistant_id": ("assistant_id", "string or null"),
    "thread_id": ("thread_id", "string"),
    "type": ("type_", "string"),
    "status": ("status", "string"),
    "step_details": ("step_details", "object or null"),
    "last_error": ("last_error", "object or null"),
    "started_at": ("started_at", "integer or number or string or null"),
    "expires_at": ("expires_at", "integer or number or string or null"),
    "expired_at": ("expired_at", "integer or number or string or null"),
    "cancelled_at": ("cancelled_at", "integer or number or string or null"),
    "failed_at": ("failed_at", "integer or number or string or null"),
    "completed_at": ("completed_at", "integer or number or string or null"),
    "metadata": ("metadata", "object or null"),
    "usage": ("usage", "object or null"),
}
_new = object.__new__
_run_step_error_from_dict = RunStepError.from_dict
_metadata_from_dict = Metadata.from_dict
_usage_from_dict = Usage.from_dict
_RUN_STEP_TYPE = {member.value: member for member in RunStepType}
_RUN_STEP_STATUS = {member.value: member for member in RunStepStatus}


@_attrs_define(weakref_slot=False, repr=False)
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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 18
        try:
            object_ = src_dict["object"]
            created_at = src_dict["created_at"]
            run_id = src_dict["run_id"]
            assistant_id = src_dict["assistant_id"]
            thread_id = src_dict["thread_id"]
            type_ = src_dict["type"]
            status = src_dict["status"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
            created_at = src_dict.get("created_at", UNSET)
            run_id = src_dict.get("run_id", UNSET)
            assistant_id = src_dict.get("assistant_id", UNSET)
            thread_id = src_dict.get("thread_id", UNSET)
            type_ = src_dict.get("type", UNSET)
            status = src_dict.get("status", UNSET)
        id = src_dict["id"]
        if type(id) is str or is_a(id, str):
            self.id = id
        else:
            raise Refused("RunStep", Misfit("id", "string", id))
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
        if type(run_id) is str or run_id is not UNSET and is_a(run_id, str):
            self.run_id = run_id
        else:
            self.run_id = UNSET
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
        if type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = _RUN_STEP_TYPE[type_] if type_ in _RUN_STEP_TYPE else type_
        else:
            self.type_ = UNSET
            unknown += 1
        if type(status) is str or status is not UNSET and is_a(status, str):
            self.status = _RUN_STEP_STATUS[status] if status in _RUN_STEP_STATUS else status
        else:
            self.status = UNSET
            unknown += 1
        if "step_details" in src_dict:
            step_details = src_dict["step_details"]
            if step_details is None:
                self.step_details = step_details
            else:
                try:
                    self.step_details = step_details_from_dict(step_details)
                except (KeyError, TypeError):
                    self.step_details = UNSET
                    unknown += 1
        else:
            self.step_details = UNSET
            unknown += 1
        if "last_error" in src_dict:
            last_error = src_dict["last_error"]
            if last_error is None:
                self.last_error = last_error
            else:
                try:
                    self.last_error = _run_step_error_from_dict(last_error)
                except (KeyError, TypeError):
                    self.last_error = UNSET
                    unknown += 1
        else:
            self.last_error = UNSET
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
        if "expired_at" in src_dict:
            expired_at = src_dict["expired_at"]
            if expired_at is None or type(expired_at) is int or is_a(expired_at, int, float, str):
                self.expired_at = expired_at
            else:
                self.expired_at = UNSET
                unknown += 1
        else:
            self.expired_at = UNSET
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
        if self.run_id is not UNSET:
            field_dict["run_id"] = self.run_id
        if self.assistant_id is not UNSET:
            field_dict["assistant_id"] = self.assistant_id
        if self.thread_id is not UNSET:
            field_dict["thread_id"] = self.thread_id
        if not isinstance(self.type_, Unset):
            field_dict["type"] = str.__str__(self.type_)
        if not isinstance(self.status, Unset):
            field_dict["status"] = str.__str__(self.status)
        if not isinstance(self.step_details, Unset):
            field_dict["step_details"] = self.step_details.to_dict() if self.step_details is not None else None
        if not isinstance(self.last_error, Unset):
            field_dict["last_error"] = self.last_error.to_dict() if self.last_error is not None else None
        if self.started_at is not UNSET:
            field_dict["started_at"] = self.started_at
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = self.expires_at
        if self.expired_at is not UNSET:
            field_dict["expired_at"] = self.expired_at
        if self.cancelled_at is not UNSET:
            field_dict["cancelled_at"] = self.cancelled_at
        if self.failed_at is not UNSET:
            field_dict["failed_at"] = self.failed_at
        if self.completed_at is not UNSET:
            field_dict["completed_at"] = self.completed_at
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.usage, Unset):
            field_dict["usage"] = self.usage.to_dict() if self.usage is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
