# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.action_tool_call import ActionToolCall
    from ..models.azure_ai_search_tool_call import AzureAiSearchToolCall
    from ..models.azure_function_tool_call import AzureFunctionToolCall
    from ..models.bing_custom_search_tool_call import BingCustomSearchToolCall
    from ..models.bing_grounding_tool_call import BingGroundingToolCall
    from ..models.browser_automation_tool_call import BrowserAutomationToolCall
    from ..models.browser_tool_call import BrowserToolCall
    from ..models.code_interpreter_tool_call import CodeInterpreterToolCall
    from ..models.code_tool_call import CodeToolCall
    from ..models.computer_use_tool_call import ComputerUseToolCall
    from ..models.connected_agent_tool_call import ConnectedAgentToolCall
    from ..models.deep_research_tool_call import DeepResearchToolCall
    from ..models.fabric_dataagent_tool_call import FabricDataagentToolCall
    from ..models.file_search_tool_call import FileSearchToolCall
    from ..models.function_tool_call import FunctionToolCall
    from ..models.mcp_tool_call import McpToolCall
    from ..models.open_api_tool_call import OpenApiToolCall
    from ..models.quark_search_tool_call import QuarkSearchToolCall
    from ..models.retrieval_tool_call import RetrievalToolCall
    from ..models.sharepoint_grounding_tool_call import SharepointGroundingToolCall
    from ..models.unknown_tool_call import UnknownToolCall

    ToolCall: TypeAlias = (
        CodeInterpreterToolCall
        | FileSearchToolCall
        | FunctionToolCall
        | OpenApiToolCall
        | McpToolCall
        | AzureFunctionToolCall
        | ConnectedAgentToolCall
        | BrowserAutomationToolCall
        | DeepResearchToolCall
        | BingGroundingToolCall
        | BingCustomSearchToolCall
        | AzureAiSearchToolCall
        | SharepointGroundingToolCall
        | FabricDataagentToolCall
        | QuarkSearchToolCall
        | BrowserToolCall
        | RetrievalToolCall
        | ComputerUseToolCall
        | CodeToolCall
        | ActionToolCall
        | UnknownToolCall
    )
    """One call of a tool, by kind. A kind not named here is kept whole."""

TOOL_CALL_FROM_DICT: Members[ToolCall] = Members(
    "type",
    {
        "code_interpreter": "CodeInterpreterToolCall",
        "file_search": "FileSearchToolCall",
        "function": "FunctionToolCall",
        "openapi": "OpenApiToolCall",
        "mcp": "McpToolCall",
        "azure_function": "AzureFunctionToolCall",
        "connected_agent": "ConnectedAgentToolCall",
        "browser_automation": "BrowserAutomationToolCall",
        "deep_research": "DeepResearchToolCall",
        "bing_grounding": "BingGroundingToolCall",
        "bing_custom_search": "BingCustomSearchToolCall",
        "azure_ai_search": "AzureAiSearchToolCall",
        "sharepoint_grounding": "SharepointGroundingToolCall",
        "fabric_dataagent": "FabricDataagentToolCall",
        "quark_search": "QuarkSearchToolCall",
        "browser": "BrowserToolCall",
        "retrieval": "RetrievalToolCall",
        "computer_use_preview": "ComputerUseToolCall",
        "code": "CodeToolCall",
        "action": "ActionToolCall",
    },
    "UnknownToolCall",
)


def tool_call_from_dict(src_dict: Mapping[str, Any]) -> ToolCall:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownToolCall`."""
    try:
        return TOOL_CALL_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return TOOL_CALL_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "ToolCall":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = TOOL_CALL_FROM_DICT.union()
        return union
