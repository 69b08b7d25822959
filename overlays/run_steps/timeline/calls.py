"""What a step did, in the same few words for every kind of step and of tool call: name, input, output.

Kinds that the contract does not name are read by the fields most tools have; what has none of them is shown as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from run_steps_api.models import (
    ActivitiesDetails,
    AzureAiSearchToolCall,
    AzureFunctionToolCall,
    BingCustomSearchToolCall,
    BingGroundingToolCall,
    BrowserAutomation,
    BrowserAutomationToolCall,
    CodeInterpreter,
    CodeInterpreterImage,
    CodeInterpreterLogs,
    CodeInterpreterToolCall,
    CodeToolCall,
    ConnectedAgentToolCall,
    DeepResearchToolCall,
    FabricDataagentToolCall,
    FileSearch,
    FileSearchToolCall,
    FunctionToolCall,
    McpListToolsActivity,
    McpToolCall,
    MessageCreationDetails,
    OpenApiToolCall,
    QuarkSearchToolCall,
    SharepointGroundingToolCall,
    ToolCallsDetails,
)
from run_steps_api.models.activity import Activity
from run_steps_api.models.code_interpreter_output import CodeInterpreterOutput
from run_steps_api.models.step_details import StepDetails
from run_steps_api.models.tool_call import ToolCall
from run_steps_api.parsing import dump_json
from run_steps_api.types import AdditionalProperties, Unset

_INPUTS = ("arguments", "input", "query", "requesturl")
_OUTPUTS = ("output", "outputs", "result", "results", "response_metadata")
_NOT_SHOWN = {"id", "type", "name"}


@frozen
class Call:
    """One thing a step did: a call of a tool, a message, an activity. All texts are as they came, of any length.

    Attributes:
        kind: Kind of the tool, as on the wire.
        name: What a reader calls it: the name of a function, otherwise the kind.
        id: Id of the call; empty when it has none.
        input: What it was asked, such as arguments or code; empty when it does not say.
        output: What came back; empty when nothing did, or not yet.
        error: Why it failed, as the call says, or the step when this is the only thing it did; empty when it did not.
        tokens: Tokens of the step, when this is the only thing it did (count); servers count by step.
        duration: How long the step took, when this is the only thing it did (seconds).
    """

    kind: str
    name: str
    id: str = ""
    input: str = ""
    output: str = ""
    error: str = ""
    tokens: int | None = None
    duration: float | None = None


def calls_of(details: StepDetails | Unset | None) -> tuple[Call, ...]:
    """Return what a step did, in order; nothing while the step is still choosing its tools."""
    match details:
        case None | Unset():
            return ()
        case MessageCreationDetails():
            return (Call("message_creation", "message", input=text_of(details.message_creation.message_id)),)
        case ToolCallsDetails():
            return tuple(map(call_of, details.tool_calls))
        case ActivitiesDetails():
            return tuple(map(_activity, details.activities))
        case _:
            return (_of_fields(details.to_dict()),)


def label_of(kind: str, calls: Iterable[Call]) -> str:
    """Return what a step of a kind did in a few words: the names of its calls, each once with how often."""
    names = Counter(call.name for call in calls)
    if not names:
        return "no tool called" if kind == "tool_calls" else kind
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in names.items())


def call_of(call: ToolCall) -> Call:
    """Return what a call of a tool was and gave, whatever its kind; also what does not fit its model."""
    found = _of_model(call)
    if not getattr(call, "misfits", ()) or (found.input and found.output):
        return found
    sent = _of_fields(call.to_dict())
    return evolve(found, input=found.input or sent.input, output=found.output or sent.output)


def _of_model(call: ToolCall) -> Call:
    match call:
        case CodeInterpreterToolCall():
            return _call(call, None, call.code_interpreter.input_, _outputs_of_code(call.code_interpreter))
        case FileSearchToolCall():
            return _call(call, None, None, _found_files(call.file_search))
        case CodeToolCall():
            return _call(call, None, call.code.input_, _outputs_of_code(call.code))
        case FunctionToolCall():
            return _call(call, call.function.name, call.function.arguments, call.function.output)
        case OpenApiToolCall() if function := call.function or call.openapi:
            return _call(call, function.name, function.arguments, function.output)
        case AzureFunctionToolCall():
            function = call.azure_function
            return _call(call, function.name, function.arguments, function.output)
        case ConnectedAgentToolCall():
            agent = call.connected_agent
            # Named as commands take it: a run that waits for approval in there has to be looked up.
            child = f"runs as {agent.thread_id}/{agent.run_id}" if agent.thread_id and agent.run_id else ""
            return _call(call, agent.name, _lines([text_of(agent.arguments), child]), agent.output)
        case McpToolCall():
            return _call(
                call, ": ".join(filter(None, map(text_of, (call.server_label, call.name)))), call.arguments, call.output
            )
        case BrowserAutomationToolCall():
            browser = call.browser_automation
            return _call(call, None, browser.input_, _outcome_of_browser(browser))
        case BingGroundingToolCall():
            return _call(call, None, call.bing_grounding.requesturl, call.bing_grounding.response_metadata)
        case BingCustomSearchToolCall():
            return _call(call, None, call.bing_custom_search.requesturl, call.bing_custom_search.response_metadata)
        case (
            AzureAiSearchToolCall()
            | SharepointGroundingToolCall()
            | FabricDataagentToolCall()
            | DeepResearchToolCall()
            | QuarkSearchToolCall()
        ):
            payload = getattr(call, call.type_)
            return _call(call, None, payload.input_, payload.output)
        case _:
            return _of_fields(call.to_dict())


def _call(call: Any, name: object, asked: object, answered: object) -> Call:
    """Return a call of a known kind; a name that is missing is that of its kind."""
    named = text_of(name) or call.type_
    return Call(call.type_, named, text_of(call.id), text_of(asked), text_of(answered), _error_of(call))


def _error_of(call: Any) -> str:
    """Return why a call of a known kind failed, which servers say in fields that are not in the contract."""
    parts = (call, getattr(call, call.type_, None))
    said = (part.additional_properties.get("error") for part in parts if isinstance(part, AdditionalProperties))
    return next(filter(None, map(reason_text, said)), "")


def reason_text(said: object) -> str:
    """Return why something failed, in whatever form it was sent; empty when there is no reason."""
    if not isinstance(said, Mapping):
        return text_of(said)
    parts = [text for name in ("code", "message") if (text := text_of(said.get(name)))]
    rest = {name: value for name, value in said.items() if value}
    return ": ".join(parts) if parts else text_of(rest) if rest else ""


def text_of(value: object) -> str:
    """Return a value of a payload as text: text as it is, null and what is missing as nothing, the rest as JSON."""
    if value is None or isinstance(value, Unset):
        return ""
    if isinstance(value, str):
        return str(value)
    try:
        return dump_json(value, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to be shown)"


def _activity(activity: Activity) -> Call:
    if isinstance(activity, McpListToolsActivity):
        names = ", ".join(activity.tools.additional_keys if activity.tools else [])
        name = ": ".join(filter(None, (activity.type_, text_of(activity.server_label))))
        return Call(activity.type_, name, text_of(activity.id), output=names)
    return _of_fields(activity.to_dict())


def _of_fields(fields: Mapping[str, Any]) -> Call:
    """Read what no model names. The payload of a call stands under the name of its kind, or in the call itself."""
    kind = text_of(fields.get("type")) or "unknown"
    payload = fields.get(kind)
    if not isinstance(payload, Mapping):
        payload = fields
    asked = _first(payload, _INPUTS)
    answered = _first(payload, _OUTPUTS)
    if not asked:
        left_out = {*_OUTPUTS, "error", *(_NOT_SHOWN if payload is fields else ())}
        rest = {name: value for name, value in payload.items() if name not in left_out}
        asked = text_of(rest) if rest else ""
    error = reason_text(payload.get("error")) or reason_text(fields.get("error"))
    return Call(kind, text_of(payload.get("name")) or kind, text_of(fields.get("id")), asked, answered, error)


def _first(payload: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((text for name in names if (text := text_of(payload.get(name)))), "")


def _outputs_of_code(code: CodeInterpreter) -> str:
    def text(output: CodeInterpreterOutput) -> str:
        match output:
            case CodeInterpreterLogs():
                return text_of(output.logs)
            case CodeInterpreterImage():
                return f"[image {text_of(output.image.file_id)}]"
            case _:
                return text_of(output.to_dict())

    return _lines(map(text, code.outputs or []))


def _found_files(search: FileSearch) -> str:
    lines: list[str] = []
    for result in search.results or []:
        score = "" if isinstance(result.score, Unset) else f" (score {result.score})"
        lines.append(f"{text_of(result.file_name or result.file_id)}{score}")
        lines += [f"  {content.text}" for content in result.content or [] if content.text]
    return _lines(lines)


def _outcome_of_browser(browser: BrowserAutomation) -> str:
    steps = [
        f"{number}. {step.current_state or ''} {step.next_step or ''}"
        for number, step in enumerate(browser.steps or [], start=1)
    ]
    return _lines([browser.output or "", *steps])


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part.rstrip("\n") for part in parts if part)
