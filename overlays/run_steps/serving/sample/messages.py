"""The messages of the sample threads: what was asked, and what the steps of the runs wrote."""

from __future__ import annotations

from run_steps.serving.sample.objects import message
from run_steps.serving.sample.runs import SampleRun
from run_steps.stores import JsonObject

_QUESTIONS = {
    "run_long": "Please keep watch at the inner gauge tonight, and write down every reading.",
    "run_kinds": "Where may I moor, how deep is it there, and what do the rules say?",
}
_ANSWERS = {
    "msg_kinds_question": "How long is your boat, and how much water does she draw?",
    "msg_failed_1": "I shall ask the tide service.",
    "msg_in_progress_1": "I am looking at the forecast for the next twelve hours.",
    "msg_other_1": "The ferry leaves at noon.",
}
_CITATION = "【4:0†mooring.pdf】"
_ANSWER = f"At berth 4, by bow and stern{_CITATION}. There will be 2.8 m of water at low tide."


def sample_messages(run: SampleRun) -> list[JsonObject]:
    """Return the question that began a run, and what its steps wrote, in order."""
    run_id, thread_id = run.payload["id"], run.payload["thread_id"]
    name, at = run_id.removeprefix("run_"), run.payload["created_at"]
    question = _QUESTIONS.get(run_id, "What is new in the harbour?")
    messages = [message(f"asked_{name}", question, thread_id=thread_id, at=at - 1)]
    for step in run.steps:
        if step["type"] == "message_creation":
            message_id = step["step_details"]["message_creation"]["message_id"]
            messages.append(_written(message_id, thread_id, run_id, step["created_at"]))
    return messages


def _written(message_id: str, thread_id: str, run_id: str, at: int) -> JsonObject:
    name = message_id.removeprefix("msg_")
    if message_id != "msg_kinds_answer":
        text = _ANSWERS.get(message_id, "The reading is written down.")
        return message(name, text, thread_id=thread_id, at=at, run_id=run_id)
    start = _ANSWER.index(_CITATION)
    place: JsonObject = {"text": _CITATION, "start_index": start, "end_index": start + len(_CITATION)}
    citations: list[JsonObject] = [
        {"type": "file_citation", **place, "file_citation": {"file_id": "file-rules"}},
        {"type": "tide_mark", **place, "level_m": 2.8},  # of a kind that is yet to come
    ]
    answer = message(name, _ANSWER, *citations, thread_id=thread_id, at=at, run_id=run_id)
    answer["content"] += [
        {"type": "image_file", "image_file": {"file_id": "file-tide-chart", "detail": "auto"}},
        {"type": "refusal", "refusal": "I may not tell who else is moored there."},
        {"type": "audio", "audio": {"file_id": "file-fog-horn"}},
    ]
    answer["attachments"] = [{"file_id": "file-rules", "tools": [{"type": "file_search"}]}]
    return answer
