"""Lists that are read page by page: `cursors` decides what to ask for, `paginators` ask and give the items."""

from run_steps._choices import Order
from run_steps.pagination.cursors import Page
from run_steps.pagination.paginators import AsyncPaginator, Paginator, paginated, paginated_async

__all__ = ["AsyncPaginator", "Order", "Page", "Paginator", "paginated", "paginated_async"]
