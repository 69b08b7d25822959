"""A llamphouse server whose agents need no model: run as a program, it prints its base URL and serves until stopped.

python llamphouse_server.py [API_KEY]
"""

# Type checkers take what llamphouse has for untyped, as it has annotations but no py.typed.
# mypy: disable-error-code="import-untyped, misc, untyped-decorator"
# pyright: reportMissingTypeStubs=false, reportUntypedFunctionDecorator=false

from __future__ import annotations

import asyncio
import socket
import sys
from collections import defaultdict
from contextlib import suppress
from typing import Any, ClassVar, cast

import uvicorn
from llamphouse.core import Agent, Context, LLAMPHouse, step
from llamphouse.core.adapters.assistant_api import AssistantAPIAdapter
from llamphouse.core.auth import KeyAuth
from llamphouse.core.types.run import ToolOutput
from llamphouse.core.types.run_step import ToolCallsStepDetails


class EveryKind(Agent):
    """Does everything llamphouse makes a step of, once."""

    @step(name="round_up")
    async def round_up(self, context: Context, metres: float) -> int:
        """A step that is completed."""
        return int(metres) + 1

    @step(name="read_gauge")
    async def fail(self, context: Context) -> None:
        """A step that fails."""
        raise LookupError("the gauge is dry")

    @step(name="wait_for_tide", timeout=0.01)
    async def expire(self, context: Context) -> None:
        """A step that runs out of time."""
        await asyncio.Event().wait()

    @step(name="sound_horn")
    async def be_cancelled(self, context: Context) -> None:
        """A step that is cancelled once it has started."""
        self.horn_sounds.set()
        await asyncio.Event().wait()

    async def run(self, context: Context) -> None:
        """Write a message, call tools and do work of one's own."""
        await context.insert_message("The level is 3.4 m.")
        await call(context, function("call_read", output="3.4 m"))
        await call(context, code_interpreter("call_code"), file_search("call_search"))
        await context.insert_tool_calls_step(tool_calls(function("call_pending", output=None)))
        await self.round_up(context, 3.4)
        for ending in (self.fail, self.expire):
            with suppress(LookupError, TimeoutError):
                await ending(context)
        self.horn_sounds = asyncio.Event()
        task = asyncio.create_task(self.be_cancelled(context))
        await self.horn_sounds.wait()
        task.cancel()
        await asyncio.wait([task])


class Many(Agent):
    """Does as many steps as the metadata of the run say."""

    @step(name="strike")
    async def strike(self, context: Context, number: int) -> int:
        """One of many steps."""
        return number

    async def run(self, context: Context) -> None:
        """Strike, and strike again."""
        metadata = cast("dict[str, Any]", context.run.metadata)
        for number in range(metadata["steps"]):
            await self.strike(context, number)


class Answer(Agent):
    """Says one thing."""

    async def run(self, context: Context) -> None:
        """Say it."""
        await context.insert_message("The level is 3.4 m.")


class Watch(Many):
    """Does half of its steps, and the others only when `Relief` has run in the same thread."""

    relieved: ClassVar[defaultdict[str, asyncio.Event]] = defaultdict(asyncio.Event)

    async def run(self, context: Context) -> None:
        """Strike, wait, strike again."""
        await super().run(context)
        await self.relieved[context.thread_id].wait()
        await super().run(context)


class Relief(Agent):
    """Lets the watch of its thread go on."""

    async def run(self, context: Context) -> None:
        """Say so."""
        Watch.relieved[context.thread_id].set()


async def call(context: Context, *calls: dict[str, Any]) -> None:
    """Record a step of tool calls that have their outputs."""
    await context.insert_tool_calls_step(tool_calls(*calls), ToolOutput(tool_call_id=calls[0]["id"], output=""))


def tool_calls(*calls: dict[str, Any]) -> ToolCallsStepDetails:
    """Return the details of a step that called tools."""
    return ToolCallsStepDetails.model_validate({"type": "tool_calls", "tool_calls": calls})


def function(call_id: str, *, output: str | None) -> dict[str, Any]:
    """Return a call of a function."""
    return {"id": call_id, "type": "function", "function": {"name": "read", "arguments": "{}", "output": output}}


def code_interpreter(call_id: str) -> dict[str, Any]:
    """Return a call of the code interpreter with both kinds of output."""
    outputs = [{"type": "logs", "logs": "2.8\n"}, {"type": "image", "image": {"file_id": "file-tides"}}]
    return {"id": call_id, "type": "code_interpreter", "code_interpreter": {"input": "plot()", "outputs": outputs}}


def file_search(call_id: str) -> dict[str, Any]:
    """Return a file search with one result."""
    content = [{"type": "text", "text": "Moor by bow and stern."}]
    results = [{"file_id": "file-rules", "file_name": "rules.pdf", "score": 0.87, "content": content}]
    ranking_options = {"ranker": "default_2024_08_21", "score_threshold": 0.5}
    return {
        "id": call_id,
        "type": "file_search",
        "file_search": {"ranking_options": ranking_options, "results": results},
    }


def main(api_key: str | None = None) -> None:
    """Serve on a free port of this machine until a signal comes."""
    house = LLAMPHouse(
        agents=[
            Answer(id="answer"),
            EveryKind(id="every_kind"),
            Many(id="many"),
            Relief(id="relief"),
            Watch(id="watch"),
        ],
        adapters=[AssistantAPIAdapter(prefix="/v1")],
        authenticator=KeyAuth(api_key) if api_key else None,
    )
    server = uvicorn.Server(uvicorn.Config(house.fastapi, log_config=None, timeout_graceful_shutdown=3))
    # The protocol is named although it goes without saying: asyncio turns off Nagle's algorithm only for sockets that
    # say they are TCP, and with it every response takes 40 ms longer.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        # From here on connections are queued, so whoever reads this line can connect at once.
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}/v1\n")
        sys.stdout.flush()
        server.run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
