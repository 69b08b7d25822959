# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

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
from ..types import MEMBERS

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

TOOL_CALL_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], ToolCall]] = {
    "code_interpreter": CodeInterpreterToolCall.from_dict,
    "file_search": FileSearchToolCall.from_dict,
    "function": FunctionToolCall.from_dict,
    "openapi": OpenApiToolCall.from_dict,
    "mcp": McpToolCall.from_dict,
    "azure_function": AzureFunctionToolCall.from_dict,
    "connected_agent": ConnectedAgentToolCall.from_dict,
    "browser_automation": BrowserAutomationToolCall.from_dict,
    "deep_research": DeepResearchToolCall.from_dict,
    "bing_grounding": BingGroundingToolCall.from_dict,
    "bing_custom_search": BingCustomSearchToolCall.from_dict,
    "azure_ai_search": AzureAiSearchToolCall.from_dict,
    "sharepoint_grounding": SharepointGroundingToolCall.from_dict,
    "fabric_dataagent": FabricDataagentToolCall.from_dict,
    "quark_search": QuarkSearchToolCall.from_dict,
    "browser": BrowserToolCall.from_dict,
    "retrieval": RetrievalToolCall.from_dict,
    "computer_use_preview": ComputerUseToolCall.from_dict,
    "code": CodeToolCall.from_dict,
    "action": ActionToolCall.from_dict,
}
MEMBERS[UnknownToolCall] = ("type", TOOL_CALL_FROM_DICT)


def tool_call_from_dict(src_dict: Mapping[str, Any]) -> ToolCall:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownToolCall`."""
    try:
        return TOOL_CALL_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownToolCall.from_dict(src_dict)
