"""Steps or messages of an archive as JSON lines, CSV or Parquet, and runs as traces, for whatever else reads them."""

from run_steps._choices import Format
from run_steps._files import ExportError
from run_steps.export.dates import parse_date
from run_steps.export.exporting import ExportResult, export, send_traces
from run_steps.export.parts import FORMATS

__all__ = ["FORMATS", "ExportError", "ExportResult", "Format", "export", "parse_date", "send_traces"]
