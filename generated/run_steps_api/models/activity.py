# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..models.mcp_list_tools_activity import McpListToolsActivity
from ..models.unknown_activity import UnknownActivity
from ..types import MEMBERS

Activity: TypeAlias = McpListToolsActivity | UnknownActivity
"""One activity, by kind. A kind not named here is kept whole."""

ACTIVITY_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], Activity]] = {
    "mcp_list_tools": McpListToolsActivity.from_dict,
}
MEMBERS[UnknownActivity] = ("type", ACTIVITY_FROM_DICT)


def activity_from_dict(src_dict: Mapping[str, Any]) -> Activity:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownActivity`."""
    try:
        return ACTIVITY_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownActivity.from_dict(src_dict)
