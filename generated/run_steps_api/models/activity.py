# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.mcp_list_tools_activity import McpListToolsActivity
    from ..models.unknown_activity import UnknownActivity

    Activity: TypeAlias = McpListToolsActivity | UnknownActivity
    """One activity, by kind. A kind not named here is kept whole."""

ACTIVITY_FROM_DICT: Members[Activity] = Members(
    "type",
    {
        "mcp_list_tools": "McpListToolsActivity",
    },
    "UnknownActivity",
)


def activity_from_dict(src_dict: Mapping[str, Any]) -> Activity:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownActivity`."""
    try:
        return ACTIVITY_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return ACTIVITY_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "Activity":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = ACTIVITY_FROM_DICT.union()
        return union
