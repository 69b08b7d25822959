# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Contains all the data models used in inputs/outputs"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .action_tool_call import ActionToolCall
    from .activities_details import ActivitiesDetails
    from .activity import Activity
    from .azure_ai_search_tool_call import AzureAiSearchToolCall
    from .azure_function_tool_call import AzureFunctionToolCall
    from .bing_custom_search_tool_call import BingCustomSearchToolCall
    from .bing_grounding_tool_call import BingGroundingToolCall
    from .bing_search import BingSearch
    from .browser_automation import BrowserAutomation
    from .browser_automation_step import BrowserAutomationStep
    from .browser_automation_tool_call import BrowserAutomationToolCall
    from .browser_tool_call import BrowserToolCall
    from .code_interpreter import CodeInterpreter
    from .code_interpreter_delta import CodeInterpreterDelta
    from .code_interpreter_image import CodeInterpreterImage
    from .code_interpreter_image_file import CodeInterpreterImageFile
    from .code_interpreter_logs import CodeInterpreterLogs
    from .code_interpreter_output import CodeInterpreterOutput
    from .code_interpreter_output_delta import CodeInterpreterOutputDelta
    from .code_interpreter_tool_call import CodeInterpreterToolCall
    from .code_tool_call import CodeToolCall
    from .completion_tokens_details import CompletionTokensDetails
    from .computer_action import ComputerAction
    from .computer_output import ComputerOutput
    from .computer_use import ComputerUse
    from .computer_use_tool_call import ComputerUseToolCall
    from .connected_agent import ConnectedAgent
    from .connected_agent_tool_call import ConnectedAgentToolCall
    from .deep_research_tool_call import DeepResearchToolCall
    from .empty_payload import EmptyPayload
    from .error_detail import ErrorDetail
    from .error_response import ErrorResponse
    from .fabric_dataagent_tool_call import FabricDataagentToolCall
    from .file_citation_annotation import FileCitationAnnotation
    from .file_path_annotation import FilePathAnnotation
    from .file_search import FileSearch
    from .file_search_attributes import FileSearchAttributes
    from .file_search_content import FileSearchContent
    from .file_search_result import FileSearchResult
    from .file_search_tool_call import FileSearchToolCall
    from .function_call import FunctionCall
    from .function_tool_call import FunctionToolCall
    from .image_file_message_content import ImageFileMessageContent
    from .image_url_message_content import ImageUrlMessageContent
    from .incomplete_details import IncompleteDetails
    from .incomplete_reason import IncompleteReason
    from .input_and_output import InputAndOutput
    from .input_and_output_delta import InputAndOutputDelta
    from .mcp_list_tools_activity import McpListToolsActivity
    from .mcp_tool import McpTool
    from .mcp_tool_call import McpToolCall
    from .mcp_tools import McpTools
    from .message import Message
    from .message_annotation import MessageAnnotation
    from .message_attachment import MessageAttachment
    from .message_content import MessageContent
    from .message_creation import MessageCreation
    from .message_creation_details import MessageCreationDetails
    from .message_file_citation import MessageFileCitation
    from .message_file_path import MessageFilePath
    from .message_image_file import MessageImageFile
    from .message_image_url import MessageImageUrl
    from .message_incomplete_details import MessageIncompleteDetails
    from .message_incomplete_reason import MessageIncompleteReason
    from .message_list import MessageList
    from .message_role import MessageRole
    from .message_status import MessageStatus
    from .message_text import MessageText
    from .message_url_citation import MessageUrlCitation
    from .metadata import Metadata
    from .open_api_tool_call import OpenApiToolCall
    from .prompt_token_details import PromptTokenDetails
    from .quark_search_tool_call import QuarkSearchToolCall
    from .ranker import Ranker
    from .ranking_options import RankingOptions
    from .refusal_message_content import RefusalMessageContent
    from .required_action import RequiredAction
    from .required_tool_calls import RequiredToolCalls
    from .retrieval_tool_call import RetrievalToolCall
    from .run import Run
    from .run_error import RunError
    from .run_error_code import RunErrorCode
    from .run_list import RunList
    from .run_status import RunStatus
    from .run_step import RunStep
    from .run_step_delta import RunStepDelta
    from .run_step_delta_object import RunStepDeltaObject
    from .run_step_error import RunStepError
    from .run_step_error_code import RunStepErrorCode
    from .run_step_include import RunStepInclude
    from .run_step_list import RunStepList
    from .run_step_status import RunStepStatus
    from .run_step_type import RunStepType
    from .run_stream_event import RunStreamEvent
    from .run_stream_event_name import RunStreamEventName
    from .run_tool import RunTool
    from .safety_check import SafetyCheck
    from .server_action import ServerAction
    from .sharepoint_grounding_tool_call import SharepointGroundingToolCall
    from .sort_order import SortOrder
    from .step_details import StepDetails
    from .step_details_delta import StepDetailsDelta
    from .text_message_content import TextMessageContent
    from .thread import Thread
    from .thread_list import ThreadList
    from .tool_call import ToolCall
    from .tool_call_delta import ToolCallDelta
    from .tool_calls_details import ToolCallsDetails
    from .tool_resources import ToolResources
    from .unknown_activity import UnknownActivity
    from .unknown_code_interpreter_output import UnknownCodeInterpreterOutput
    from .unknown_message_annotation import UnknownMessageAnnotation
    from .unknown_message_content import UnknownMessageContent
    from .unknown_step_details import UnknownStepDetails
    from .unknown_tool_call import UnknownToolCall
    from .url_citation_annotation import UrlCitationAnnotation
    from .usage import Usage

__all__ = (
    "ActionToolCall",
    "ActivitiesDetails",
    "Activity",
    "AzureAiSearchToolCall",
    "AzureFunctionToolCall",
    "BingCustomSearchToolCall",
    "BingGroundingToolCall",
    "BingSearch",
    "BrowserAutomation",
    "BrowserAutomationStep",
    "BrowserAutomationToolCall",
    "BrowserToolCall",
    "CodeInterpreter",
    "CodeInterpreterDelta",
    "CodeInterpreterImage",
    "CodeInterpreterImageFile",
    "CodeInterpreterLogs",
    "CodeInterpreterOutput",
    "CodeInterpreterOutputDelta",
    "CodeInterpreterToolCall",
    "CodeToolCall",
    "CompletionTokensDetails",
    "ComputerAction",
    "ComputerOutput",
    "ComputerUse",
    "ComputerUseToolCall",
    "ConnectedAgent",
    "ConnectedAgentToolCall",
    "DeepResearchToolCall",
    "EmptyPayload",
    "ErrorDetail",
    "ErrorResponse",
    "FabricDataagentToolCall",
    "FileCitationAnnotation",
    "FilePathAnnotation",
    "FileSearch",
    "FileSearchAttributes",
    "FileSearchContent",
    "FileSearchResult",
    "FileSearchToolCall",
    "FunctionCall",
    "FunctionToolCall",
    "ImageFileMessageContent",
    "ImageUrlMessageContent",
    "IncompleteDetails",
    "IncompleteReason",
    "InputAndOutput",
    "InputAndOutputDelta",
    "McpListToolsActivity",
    "McpTool",
    "McpToolCall",
    "McpTools",
    "Message",
    "MessageAnnotation",
    "MessageAttachment",
    "MessageContent",
    "MessageCreation",
    "MessageCreationDetails",
    "MessageFileCitation",
    "MessageFilePath",
    "MessageImageFile",
    "MessageImageUrl",
    "MessageIncompleteDetails",
    "MessageIncompleteReason",
    "MessageList",
    "MessageRole",
    "MessageStatus",
    "MessageText",
    "MessageUrlCitation",
    "Metadata",
    "OpenApiToolCall",
    "PromptTokenDetails",
    "QuarkSearchToolCall",
    "Ranker",
    "RankingOptions",
    "RefusalMessageContent",
    "RequiredAction",
    "RequiredToolCalls",
    "RetrievalToolCall",
    "Run",
    "RunError",
    "RunErrorCode",
    "RunList",
    "RunStatus",
    "RunStep",
    "RunStepDelta",
    "RunStepDeltaObject",
    "RunStepError",
    "RunStepErrorCode",
    "RunStepInclude",
    "RunStepList",
    "RunStepStatus",
    "RunStepType",
    "RunStreamEvent",
    "RunStreamEventName",
    "RunTool",
    "SafetyCheck",
    "ServerAction",
    "SharepointGroundingToolCall",
    "SortOrder",
    "StepDetails",
    "StepDetailsDelta",
    "TextMessageContent",
    "Thread",
    "ThreadList",
    "ToolCall",
    "ToolCallDelta",
    "ToolCallsDetails",
    "ToolResources",
    "UnknownActivity",
    "UnknownCodeInterpreterOutput",
    "UnknownMessageAnnotation",
    "UnknownMessageContent",
    "UnknownStepDetails",
    "UnknownToolCall",
    "UrlCitationAnnotation",
    "Usage",
)

if not TYPE_CHECKING:  # for a type checker the package has the names it declares and no others
    _MODULE_OF = {
        "ActionToolCall": "action_tool_call",
        "ActivitiesDetails": "activities_details",
        "Activity": "activity",
        "AzureAiSearchToolCall": "azure_ai_search_tool_call",
        "AzureFunctionToolCall": "azure_function_tool_call",
        "BingCustomSearchToolCall": "bing_custom_search_tool_call",
        "BingGroundingToolCall": "bing_grounding_tool_call",
        "BingSearch": "bing_search",
        "BrowserAutomation": "browser_automation",
        "BrowserAutomationStep": "browser_automation_step",
        "BrowserAutomationToolCall": "browser_automation_tool_call",
        "BrowserToolCall": "browser_tool_call",
        "CodeInterpreter": "code_interpreter",
        "CodeInterpreterDelta": "code_interpreter_delta",
        "CodeInterpreterImage": "code_interpreter_image",
        "CodeInterpreterImageFile": "code_interpreter_image_file",
        "CodeInterpreterLogs": "code_interpreter_logs",
        "CodeInterpreterOutput": "code_interpreter_output",
        "CodeInterpreterOutputDelta": "code_interpreter_output_delta",
        "CodeInterpreterToolCall": "code_interpreter_tool_call",
        "CodeToolCall": "code_tool_call",
        "CompletionTokensDetails": "completion_tokens_details",
        "ComputerAction": "computer_action",
        "ComputerOutput": "computer_output",
        "ComputerUse": "computer_use",
        "ComputerUseToolCall": "computer_use_tool_call",
        "ConnectedAgent": "connected_agent",
        "ConnectedAgentToolCall": "connected_agent_tool_call",
        "DeepResearchToolCall": "deep_research_tool_call",
        "EmptyPayload": "empty_payload",
        "ErrorDetail": "error_detail",
        "ErrorResponse": "error_response",
        "FabricDataagentToolCall": "fabric_dataagent_tool_call",
        "FileCitationAnnotation": "file_citation_annotation",
        "FilePathAnnotation": "file_path_annotation",
        "FileSearch": "file_search",
        "FileSearchAttributes": "file_search_attributes",
        "FileSearchContent": "file_search_content",
        "FileSearchResult": "file_search_result",
        "FileSearchToolCall": "file_search_tool_call",
        "FunctionCall": "function_call",
        "FunctionToolCall": "function_tool_call",
        "ImageFileMessageContent": "image_file_message_content",
        "ImageUrlMessageContent": "image_url_message_content",
        "IncompleteDetails": "incomplete_details",
        "IncompleteReason": "incomplete_reason",
        "InputAndOutput": "input_and_output",
        "InputAndOutputDelta": "input_and_output_delta",
        "McpListToolsActivity": "mcp_list_tools_activity",
        "McpTool": "mcp_tool",
        "McpToolCall": "mcp_tool_call",
        "McpTools": "mcp_tools",
        "Message": "message",
        "MessageAnnotation": "message_annotation",
        "MessageAttachment": "message_attachment",
        "MessageContent": "message_content",
        "MessageCreation": "message_creation",
        "MessageCreationDetails": "message_creation_details",
        "MessageFileCitation": "message_file_citation",
        "MessageFilePath": "message_file_path",
        "MessageImageFile": "message_image_file",
        "MessageImageUrl": "message_image_url",
        "MessageIncompleteDetails": "message_incomplete_details",
        "MessageIncompleteReason": "message_incomplete_reason",
        "MessageList": "message_list",
        "MessageRole": "message_role",
        "MessageStatus": "message_status",
        "MessageText": "message_text",
        "MessageUrlCitation": "message_url_citation",
        "Metadata": "metadata",
        "OpenApiToolCall": "open_api_tool_call",
        "PromptTokenDetails": "prompt_token_details",
        "QuarkSearchToolCall": "quark_search_tool_call",
        "Ranker": "ranker",
        "RankingOptions": "ranking_options",
        "RefusalMessageContent": "refusal_message_content",
        "RequiredAction": "required_action",
        "RequiredToolCalls": "required_tool_calls",
        "RetrievalToolCall": "retrieval_tool_call",
        "Run": "run",
        "RunError": "run_error",
        "RunErrorCode": "run_error_code",
        "RunList": "run_list",
        "RunStatus": "run_status",
        "RunStep": "run_step",
        "RunStepDelta": "run_step_delta",
        "RunStepDeltaObject": "run_step_delta_object",
        "RunStepError": "run_step_error",
        "RunStepErrorCode": "run_step_error_code",
        "RunStepInclude": "run_step_include",
        "RunStepList": "run_step_list",
        "RunStepStatus": "run_step_status",
        "RunStepType": "run_step_type",
        "RunStreamEvent": "run_stream_event",
        "RunStreamEventName": "run_stream_event_name",
        "RunTool": "run_tool",
        "SafetyCheck": "safety_check",
        "ServerAction": "server_action",
        "SharepointGroundingToolCall": "sharepoint_grounding_tool_call",
        "SortOrder": "sort_order",
        "StepDetails": "step_details",
        "StepDetailsDelta": "step_details_delta",
        "TextMessageContent": "text_message_content",
        "Thread": "thread",
        "ThreadList": "thread_list",
        "ToolCall": "tool_call",
        "ToolCallDelta": "tool_call_delta",
        "ToolCallsDetails": "tool_calls_details",
        "ToolResources": "tool_resources",
        "UnknownActivity": "unknown_activity",
        "UnknownCodeInterpreterOutput": "unknown_code_interpreter_output",
        "UnknownMessageAnnotation": "unknown_message_annotation",
        "UnknownMessageContent": "unknown_message_content",
        "UnknownStepDetails": "unknown_step_details",
        "UnknownToolCall": "unknown_tool_call",
        "UrlCitationAnnotation": "url_citation_annotation",
        "Usage": "usage",
    }

    def __getattr__(name: str) -> Any:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
