# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.bing_search import BingSearch
from ..models.code_interpreter_delta import CodeInterpreterDelta
from ..models.connected_agent import ConnectedAgent
from ..models.empty_payload import EmptyPayload
from ..models.file_search import FileSearch
from ..models.function_call import FunctionCall
from ..models.input_and_output_delta import InputAndOutputDelta
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "index": ("index", "integer or null"),
    "id": ("id", "string or null"),
    "type": ("type_", "string or null"),
    "code_interpreter": ("code_interpreter", "object or null"),
    "file_search": ("file_search", "object or null"),
    "function": ("function", "object or null"),
    "azure_function": ("azure_function", "object or null"),
    "openapi": ("openapi", "object or null"),
    "connected_agent": ("connected_agent", "object or null"),
    "bing_grounding": ("bing_grounding", "object or null"),
    "bing_custom_search": ("bing_custom_search", "object or null"),
    "azure_ai_search": ("azure_ai_search", "object or null"),
    "sharepoint_grounding": ("sharepoint_grounding", "object or null"),
    "fabric_dataagent": ("fabric_dataagent", "object or null"),
    "deep_research": ("deep_research", "object or null"),
    "browser": ("browser", "object or null"),
    "name": ("name", "string or null"),
    "arguments": ("arguments", "string or null"),
    "server_label": ("server_label", "string or null"),
    "output": ("output", "string or null"),
}
_new = object.__new__
_code_interpreter_delta_from_dict = CodeInterpreterDelta.from_dict
_file_search_from_dict = FileSearch.from_dict
_function_call_from_dict = FunctionCall.from_dict
_connected_agent_from_dict = ConnectedAgent.from_dict
_bing_search_from_dict = BingSearch.from_dict
_input_and_output_delta_from_dict = InputAndOutputDelta.from_dict
_empty_payload_from_dict = EmptyPayload.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ToolCallDelta(AdditionalProperties[Any]):
    """What is new of a call of a tool. Texts that come in pieces are `arguments` of a function, `input` of code and
    the logs it writes; all else comes whole, and may come again.

    Attributes:
        index: Which of the step's calls this is, from 0.
        id: Id of the call; in the first delta of a call, and on OpenAI in each of a file search.
        type_: Kind of the tool.
        code_interpreter: What is new of the code and of what it gave.
        file_search: The search and what it found, whole.
        function: What is new of a function, or of an `openapi` call. Its `arguments` come in pieces.
        azure_function: What is new of an Azure Function.
        openapi: What is new of an `openapi` call, as Azure AI Agents describes it; what it sends is under
            `function`.
        connected_agent: What is new of another agent's work.
        bing_grounding: A search with Bing.
        bing_custom_search: A search of chosen sites with Bing.
        azure_ai_search: A query of Azure AI Search and its hits.
        sharepoint_grounding: A query of SharePoint and its hits.
        fabric_dataagent: A question to a data agent of Microsoft Fabric, and its answer.
        deep_research: A question and what research gave.
        browser: A look at a web page; nothing so far.
        name: Name of the tool of an MCP server.
        arguments: The arguments of a call of an MCP server, as JSON text.
        server_label: Name the assistant gives the MCP server.
        output: What the tool of an MCP server returned.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    index: int | None | Unset = UNSET
    id: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    code_interpreter: CodeInterpreterDelta | None | Unset = UNSET
    file_search: FileSearch | None | Unset = UNSET
    function: FunctionCall | None | Unset = UNSET
    azure_function: FunctionCall | None | Unset = UNSET
    openapi: FunctionCall | None | Unset = UNSET
    connected_agent: ConnectedAgent | None | Unset = UNSET
    bing_grounding: BingSearch | None | Unset = UNSET
    bing_custom_search: BingSearch | None | Unset = UNSET
    azure_ai_search: InputAndOutputDelta | None | Unset = UNSET
    sharepoint_grounding: InputAndOutputDelta | None | Unset = UNSET
    fabric_dataagent: InputAndOutputDelta | None | Unset = UNSET
    deep_research: InputAndOutputDelta | None | Unset = UNSET
    browser: EmptyPayload | None | Unset = UNSET
    name: str | None | Unset = UNSET
    arguments: str | None | Unset = UNSET
    server_label: str | None | Unset = UNSET
    output: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 20
        try:
            index = src_dict["index"]
            type_ = src_dict["type"]
        except KeyError:
            index = src_dict.get("index", UNSET)
            type_ = src_dict.get("type", UNSET)
        if index is None or type(index) is int or index is not UNSET and is_a(index, int):
            self.index = index
        else:
            self.index = UNSET
            unknown += 1
        if "id" in src_dict:
            id = src_dict["id"]
            if id is None or type(id) is str or is_a(id, str):
                self.id = id
            else:
                self.id = UNSET
                unknown += 1
        else:
            self.id = UNSET
            unknown += 1
        if type_ is None or type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = type_
        else:
            self.type_ = UNSET
            unknown += 1
        if "code_interpreter" in src_dict:
            code_interpreter = src_dict["code_interpreter"]
            if code_interpreter is None:
                self.code_interpreter = code_interpreter
            else:
                try:
                    self.code_interpreter = _code_interpreter_delta_from_dict(code_interpreter)
                except (KeyError, TypeError):
                    self.code_interpreter = UNSET
                    unknown += 1
        else:
            self.code_interpreter = UNSET
            unknown += 1
        if "file_search" in src_dict:
            file_search = src_dict["file_search"]
            if file_search is None:
                self.file_search = file_search
            else:
                try:
                    self.file_search = _file_search_from_dict(file_search)
                except (KeyError, TypeError):
                    self.file_search = UNSET
                    unknown += 1
        else:
            self.file_search = UNSET
            unknown += 1
        if "function" in src_dict:
            function = src_dict["function"]
            if function is None:
                self.function = function
            else:
                try:
                    self.function = _function_call_from_dict(function)
                except (KeyError, TypeError):
                    self.function = UNSET
                    unknown += 1
        else:
            self.function = UNSET
            unknown += 1
        if "azure_function" in src_dict:
            azure_function = src_dict["azure_function"]
            if azure_function is None:
                self.azure_function = azure_function
            else:
                try:
                    self.azure_function = _function_call_from_dict(azure_function)
                except (KeyError, TypeError):
                    self.azure_function = UNSET
                    unknown += 1
        else:
            self.azure_function = UNSET
            unknown += 1
        if "openapi" in src_dict:
            openapi = src_dict["openapi"]
            if openapi is None:
                self.openapi = openapi
            else:
                try:
                    self.openapi = _function_call_from_dict(openapi)
                except (KeyError, TypeError):
                    self.openapi = UNSET
                    unknown += 1
        else:
            self.openapi = UNSET
            unknown += 1
        if "connected_agent" in src_dict:
            connected_agent = src_dict["connected_agent"]
            if connected_agent is None:
                self.connected_agent = connected_agent
            else:
                try:
                    self.connected_agent = _connected_agent_from_dict(connected_agent)
                except (KeyError, TypeError):
                    self.connected_agent = UNSET
                    unknown += 1
        else:
            self.connected_agent = UNSET
            unknown += 1
        if "bing_grounding" in src_dict:
            bing_grounding = src_dict["bing_grounding"]
            if bing_grounding is None:
                self.bing_grounding = bing_grounding
            else:
                try:
                    self.bing_grounding = _bing_search_from_dict(bing_grounding)
                except (KeyError, TypeError):
                    self.bing_grounding = UNSET
                    unknown += 1
        else:
            self.bing_grounding = UNSET
            unknown += 1
        if "bing_custom_search" in src_dict:
            bing_custom_search = src_dict["bing_custom_search"]
            if bing_custom_search is None:
                self.bing_custom_search = bing_custom_search
            else:
                try:
                    self.bing_custom_search = _bing_search_from_dict(bing_custom_search)
                except (KeyError, TypeError):
                    self.bing_custom_search = UNSET
                    unknown += 1
        else:
            self.bing_custom_search = UNSET
            unknown += 1
        if "azure_ai_search" in src_dict:
            azure_ai_search = src_dict["azure_ai_search"]
            if azure_ai_search is None:
                self.azure_ai_search = azure_ai_search
            else:
                try:
                    self.azure_ai_search = _input_and_output_delta_from_dict(azure_ai_search)
                except (KeyError, TypeError):
                    self.azure_ai_search = UNSET
                    unknown += 1
        else:
            self.azure_ai_search = UNSET
            unknown += 1
        if "sharepoint_grounding" in src_dict:
            sharepoint_grounding = src_dict["sharepoint_grounding"]
            if sharepoint_grounding is None:
                self.sharepoint_grounding = sharepoint_grounding
            else:
                try:
                    self.sharepoint_grounding = _input_and_output_delta_from_dict(sharepoint_grounding)
                except (KeyError, TypeError):
                    self.sharepoint_grounding = UNSET
                    unknown += 1
        else:
            self.sharepoint_grounding = UNSET
            unknown += 1
        if "fabric_dataagent" in src_dict:
            fabric_dataagent = src_dict["fabric_dataagent"]
            if fabric_dataagent is None:
                self.fabric_dataagent = fabric_dataagent
            else:
                try:
                    self.fabric_dataagent = _input_and_output_delta_from_dict(fabric_dataagent)
                except (KeyError, TypeError):
                    self.fabric_dataagent = UNSET
                    unknown += 1
        else:
            self.fabric_dataagent = UNSET
            unknown += 1
        if "deep_research" in src_dict:
            deep_research = src_dict["deep_research"]
            if deep_research is None:
                self.deep_research = deep_research
            else:
                try:
                    self.deep_research = _input_and_output_delta_from_dict(deep_research)
                except (KeyError, TypeError):
                    self.deep_research = UNSET
                    unknown += 1
        else:
            self.deep_research = UNSET
            unknown += 1
        if "browser" in src_dict:
            browser = src_dict["browser"]
            if browser is None:
                self.browser = browser
            else:
                try:
                    self.browser = _empty_payload_from_dict(browser)
                except (KeyError, TypeError):
                    self.browser = UNSET
                    unknown += 1
        else:
            self.browser = UNSET
            unknown += 1
        if "name" in src_dict:
            name = src_dict["name"]
            if name is None or type(name) is str or is_a(name, str):
                self.name = name
            else:
                self.name = UNSET
                unknown += 1
        else:
            self.name = UNSET
            unknown += 1
        if "arguments" in src_dict:
            arguments = src_dict["arguments"]
            if arguments is None or type(arguments) is str or is_a(arguments, str):
                self.arguments = arguments
            else:
                self.arguments = UNSET
                unknown += 1
        else:
            self.arguments = UNSET
            unknown += 1
        if "server_label" in src_dict:
            server_label = src_dict["server_label"]
            if server_label is None or type(server_label) is str or is_a(server_label, str):
                self.server_label = server_label
            else:
                self.server_label = UNSET
                unknown += 1
        else:
            self.server_label = UNSET
            unknown += 1
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None or type(output) is str or is_a(output, str):
                self.output = output
            else:
                self.output = UNSET
                unknown += 1
        else:
            self.output = UNSET
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
        field_dict: dict[str, Any] = {}
        if self.index is not UNSET:
            field_dict["index"] = self.index
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        if not isinstance(self.code_interpreter, Unset):
            field_dict["code_interpreter"] = (
                self.code_interpreter.to_dict() if self.code_interpreter is not None else None
            )
        if not isinstance(self.file_search, Unset):
            field_dict["file_search"] = self.file_search.to_dict() if self.file_search is not None else None
        if not isinstance(self.function, Unset):
            field_dict["function"] = self.function.to_dict() if self.function is not None else None
        if not isinstance(self.azure_function, Unset):
            field_dict["azure_function"] = self.azure_function.to_dict() if self.azure_function is not None else None
        if not isinstance(self.openapi, Unset):
            field_dict["openapi"] = self.openapi.to_dict() if self.openapi is not None else None
        if not isinstance(self.connected_agent, Unset):
            field_dict["connected_agent"] = self.connected_agent.to_dict() if self.connected_agent is not None else None
        if not isinstance(self.bing_grounding, Unset):
            field_dict["bing_grounding"] = self.bing_grounding.to_dict() if self.bing_grounding is not None else None
        if not isinstance(self.bing_custom_search, Unset):
            field_dict["bing_custom_search"] = (
                self.bing_custom_search.to_dict() if self.bing_custom_search is not None else None
            )
        if not isinstance(self.azure_ai_search, Unset):
            field_dict["azure_ai_search"] = self.azure_ai_search.to_dict() if self.azure_ai_search is not None else None
        if not isinstance(self.sharepoint_grounding, Unset):
            field_dict["sharepoint_grounding"] = (
                self.sharepoint_grounding.to_dict() if self.sharepoint_grounding is not None else None
            )
        if not isinstance(self.fabric_dataagent, Unset):
            field_dict["fabric_dataagent"] = (
                self.fabric_dataagent.to_dict() if self.fabric_dataagent is not None else None
            )
        if not isinstance(self.deep_research, Unset):
            field_dict["deep_research"] = self.deep_research.to_dict() if self.deep_research is not None else None
        if not isinstance(self.browser, Unset):
            field_dict["browser"] = self.browser.to_dict() if self.browser is not None else None
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.arguments is not UNSET:
            field_dict["arguments"] = self.arguments
        if self.server_label is not UNSET:
            field_dict["server_label"] = self.server_label
        if self.output is not UNSET:
            field_dict["output"] = self.output
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
