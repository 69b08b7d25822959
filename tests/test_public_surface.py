"""The names that users import: whoever changes one sees it here, and tells it in the changelog.

Models follow the contract, and `nox -s review` reports what a change of it means for them.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import run_steps
import run_steps_api

NAMES = {
    "run_steps": """
        APIError APIStatusError AsyncPaginator AsyncRunSteps BadRequest Change ConfigurationError ConnectionFailed
        DeadlineExceeded Forbidden InvalidArgument InvalidResponse NO_RETRIES NotFound Pace Page PaginationError
        Paginator RateLimited RawResponse RequestOptions RetryPolicy RetryTransport RunState RunSteps RunStepsError
        Server ServerError StreamFailed TimedOut TooLarge Unauthorized UnknownCursor UnknownMessage
        UnknownMessages UnknownObject UnknownRun UnknownStep UnknownThread duration ended_at errors is_over message_text
        paginated paginated_async servers to_datetime tool_calls tool_totals watch
    """,
    "run_steps.archive": """
        Archive ArchiveError ArchiveSummary Completeness Damage DamagedArchive Failure ForeignThread
        MESSAGE_ROW_COLUMNS ROW_COLUMNS StepRange salvage
    """,
    "run_steps.export": "ExportError ExportResult FORMATS Format export parse_date send_traces",
    "run_steps.pagination": "AsyncPaginator Order Page Paginator paginated paginated_async",
    "run_steps.pulling": """
        DEFAULT_CONCURRENCY Findings PULL_RETRIES PullProgress PullResult Target check pull pull_into pull_sharded
        read_targets target
    """,
    "run_steps.serving": """
        Item MemoryStore Page PageQuery StepStore UnknownCursor UnknownMessage UnknownMessages UnknownObject UnknownRun
        UnknownStep UnknownThread create_app sample_store serve
    """,
    "run_steps.stores": """
        Item JsonObject MemoryStore Order Page PageQuery StepStore StoreReader UnknownCursor UnknownMessage
        UnknownMessages UnknownObject UnknownRun UnknownStep UnknownThread
    """,
    "run_steps.streaming": "Accumulation AsyncStepStream EventParser ServerSentEvent StepStream StreamEvent",
    "run_steps.timeline": """
        Bar Call Row Timeline Tokens ToolTotals build_timeline to_html to_svg to_terminal tool_calls tool_totals
    """,
    "run_steps.unknown": "Report Sent Shape Unknown as_contract find_unknown",
    "run_steps.watching": "Change DeadlineExceeded Pace RunState is_over watch",
    "run_steps.workers": "OpenExecutor WorkersLost dask_cluster local_processes run_shards split_evenly",
    "run_steps_api": "AuthenticatedClient Client",
    "run_steps_api.errors": "UnexpectedStatus",
}

MODULES = {
    run_steps: """
        archive async_client cli client errors export pagination pulling reader responses servers serving shown_text
        stores streaming timeline timestamps unknown watching workers
    """,
    run_steps_api: "api client errors models parsing provenance types",
}


@pytest.mark.parametrize("module", NAMES)
def test_the_names_of_a_module_are_these(module: str) -> None:
    """Each of them is there, and no other is promised."""
    found = import_module(module)
    assert sorted(found.__all__) == sorted(NAMES[module].split())
    assert all(hasattr(found, name) for name in found.__all__)


@pytest.mark.parametrize("package", MODULES, ids=lambda package: package.__name__)
def test_the_public_modules_are_these(package: object) -> None:
    """All others begin with an underscore."""
    found = {module.name for module in pkgutil.iter_modules(package.__path__)}  # type: ignore[attr-defined]
    assert {name for name in found if not name.startswith("_")} == set(MODULES[package].split())  # type: ignore[index]
