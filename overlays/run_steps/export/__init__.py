"""Steps of an archive as JSON lines, CSV or Parquet, for whatever else reads them."""

from run_steps._choices import Format
from run_steps._files import ExportError
from run_steps.export.dates import parse_date
from run_steps.export.exporting import ExportResult, export
from run_steps.export.parts import FORMATS

__all__ = ["FORMATS", "ExportError", "ExportResult", "Format", "export", "parse_date"]
