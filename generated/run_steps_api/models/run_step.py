# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.metadata import Metadata
from ..models.run_step_error import RunStepError
from ..models.run_step_status import RunStepStatus
from ..models.run_step_type import RunStepType
from ..models.step_details import StepDetails, step_details_from_dict
from ..models.usage import Usage
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset(
    {
        "id",
        "object",
        "created_at",
        "run_id",
        "assistant_id",
        "thread_id",
        "type",
        "status",
        "step_details",
        "last_error",
        "expires_at",
        "expired_at",
        "cancelled_at",
        "failed_at",
        "completed_at",
        "metadata",
        "usage",
    }
)
_RUN_STEP_TYPE = {member.value: member for member in RunStepType}
_RUN_STEP_STATUS = {member.value: member for member in RunStepStatus}


@_attrs_define
class RunStep(AdditionalProperties[Any]):
    """One thing an assistant did during a run: it wrote a message or called tools. The published description also
    requires `expired_at` and `metadata`; of 262 recorded steps none has them.

    Attributes:
        id: Id of the step.
        object_: Always `thread.run.step`.
        created_at: A point in time: Unix seconds as an integer on OpenAI and Azure; Unix milliseconds on DashScope,
            with -1 for a time that is not set; Unix seconds with a fraction on open-assistant-api; ISO 8601 text on
            llamphouse.
        run_id: Id of the run.
        assistant_id: Id of the assistant that carried out the run.
        thread_id: Id of the thread.
        type_: Kind of the step; the details carry the same word.
        status: How far the step is.
        step_details: What was done. Null on open-assistant-api while a step is being set up.
        last_error: Why the step failed; null when it did not. DashScope sends empty texts instead of null.
        expires_at: When the step will be given up. Sent while the run is going, null afterwards. Not in the
            published description, in every recorded step of OpenAI and Azure.
        expired_at: When the step was given up. In the published examples and on emulators only.
        cancelled_at: When the step was cancelled.
        failed_at: When the step failed.
        completed_at: When the step was completed.
        metadata: What the caller attached. Missing on most servers, null or empty on some.
        usage: Tokens used; null while the step is going. Missing on servers of 2023 and early 2024.
    """

    id: str
    object_: str
    created_at: float | int | str
    run_id: str
    assistant_id: str
    thread_id: str
    type_: RunStepType | str
    status: RunStepStatus | str
    step_details: StepDetails | None
    last_error: RunStepError | None | Unset = UNSET
    expires_at: float | int | str | None | Unset = UNSET
    expired_at: float | int | str | None | Unset = UNSET
    cancelled_at: float | int | str | None | Unset = UNSET
    failed_at: float | int | str | None | Unset = UNSET
    completed_at: float | int | str | None | Unset = UNSET
    metadata: Metadata | None | Unset = UNSET
    usage: Usage | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"RunStep.id: expected str, got {type(id).__name__}")
        object_ = src_dict["object"]
        if not isinstance(object_, str):
            raise TypeError(f"RunStep.object_: expected str, got {type(object_).__name__}")
        created_at = src_dict["created_at"]
        if not isinstance(created_at, (float, int, str)):
            raise TypeError(f"RunStep.created_at: expected float or int or str, got {type(created_at).__name__}")
        run_id = src_dict["run_id"]
        if not isinstance(run_id, str):
            raise TypeError(f"RunStep.run_id: expected str, got {type(run_id).__name__}")
        assistant_id = src_dict["assistant_id"]
        if not isinstance(assistant_id, str):
            raise TypeError(f"RunStep.assistant_id: expected str, got {type(assistant_id).__name__}")
        thread_id = src_dict["thread_id"]
        if not isinstance(thread_id, str):
            raise TypeError(f"RunStep.thread_id: expected str, got {type(thread_id).__name__}")
        type_ = src_dict["type"]
        if not isinstance(type_, str):
            raise TypeError(f"RunStep.type_: expected str, got {type(type_).__name__}")
        type_ = _RUN_STEP_TYPE.get(type_, type_)
        status = src_dict["status"]
        if not isinstance(status, str):
            raise TypeError(f"RunStep.status: expected str, got {type(status).__name__}")
        status = _RUN_STEP_STATUS.get(status, status)
        step_details = src_dict["step_details"]
        if isinstance(step_details, dict):
            step_details = step_details_from_dict(step_details)
        elif step_details is not None:
            raise TypeError(f"RunStep.step_details: expected dict or None, got {type(step_details).__name__}")
        last_error = src_dict.get("last_error", UNSET)
        if isinstance(last_error, dict):
            last_error = RunStepError.from_dict(last_error)
        elif last_error is not None and last_error is not UNSET:
            raise TypeError(f"RunStep.last_error: expected dict or None, got {type(last_error).__name__}")
        expires_at = src_dict.get("expires_at", UNSET)
        if expires_at is not None and expires_at is not UNSET and not isinstance(expires_at, (float, int, str)):
            raise TypeError(
                f"RunStep.expires_at: expected float or int or str or None, got {type(expires_at).__name__}"
            )
        expired_at = src_dict.get("expired_at", UNSET)
        if expired_at is not None and expired_at is not UNSET and not isinstance(expired_at, (float, int, str)):
            raise TypeError(
                f"RunStep.expired_at: expected float or int or str or None, got {type(expired_at).__name__}"
            )
        cancelled_at = src_dict.get("cancelled_at", UNSET)
        if cancelled_at is not None and cancelled_at is not UNSET and not isinstance(cancelled_at, (float, int, str)):
            raise TypeError(
                f"RunStep.cancelled_at: expected float or int or str or None, got {type(cancelled_at).__name__}"
            )
        failed_at = src_dict.get("failed_at", UNSET)
        if failed_at is not None and failed_at is not UNSET and not isinstance(failed_at, (float, int, str)):
            raise TypeError(f"RunStep.failed_at: expected float or int or str or None, got {type(failed_at).__name__}")
        completed_at = src_dict.get("completed_at", UNSET)
        if completed_at is not None and completed_at is not UNSET and not isinstance(completed_at, (float, int, str)):
            raise TypeError(
                f"RunStep.completed_at: expected float or int or str or None, got {type(completed_at).__name__}"
            )
        metadata = src_dict.get("metadata", UNSET)
        if isinstance(metadata, dict):
            metadata = Metadata.from_dict(metadata)
        elif metadata is not None and metadata is not UNSET:
            raise TypeError(f"RunStep.metadata: expected dict or None, got {type(metadata).__name__}")
        usage = src_dict.get("usage", UNSET)
        if isinstance(usage, dict):
            usage = Usage.from_dict(usage)
        elif usage is not None and usage is not UNSET:
            raise TypeError(f"RunStep.usage: expected dict or None, got {type(usage).__name__}")
        return cls(
            id=id,
            object_=object_,
            created_at=created_at,
            run_id=run_id,
            assistant_id=assistant_id,
            thread_id=thread_id,
            type_=type_,
            status=status,
            step_details=step_details,
            last_error=last_error,
            expires_at=expires_at,
            expired_at=expired_at,
            cancelled_at=cancelled_at,
            failed_at=failed_at,
            completed_at=completed_at,
            metadata=metadata,
            usage=usage,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "object": self.object_,
            "created_at": self.created_at,
            "run_id": self.run_id,
            "assistant_id": self.assistant_id,
            "thread_id": self.thread_id,
            "type": str(self.type_),
            "status": str(self.status),
            "step_details": self.step_details.to_dict() if self.step_details is not None else None,
        }
        if not isinstance(self.last_error, Unset):
            field_dict["last_error"] = self.last_error.to_dict() if self.last_error is not None else None
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
        field_dict.update(self.additional_properties)
        return field_dict
