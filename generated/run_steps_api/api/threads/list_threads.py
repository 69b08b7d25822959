# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.sort_order import SortOrder
from ...models.thread_list import ThreadList
from ...parsing import parse_json
from ...types import UNSET, Response, Unset


def get_kwargs(
    *,
    limit: int | Unset = 20,
    order: SortOrder | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    open_ai_beta: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(open_ai_beta, Unset):
        headers["OpenAI-Beta"] = open_ai_beta

    params: dict[str, Any] = {}

    params["limit"] = limit

    json_order: str | Unset = UNSET
    if not isinstance(order, Unset):
        json_order = order.value

    params["order"] = json_order

    params["after"] = after

    params["before"] = before

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/threads",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | ThreadList | None:
    if response.status_code == 200:
        response_200 = ThreadList.from_dict(parse_json(response.content))

        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(parse_json(response.content))

        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(parse_json(response.content))

        return response_401

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(parse_json(response.content))

        return response_403

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(parse_json(response.content))

        return response_404

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(parse_json(response.content))

        return response_429

    if 500 <= response.status_code <= 599:
        response_5xx = ErrorResponse.from_dict(parse_json(response.content))

        return response_5xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ErrorResponse | ThreadList]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = 20,
    order: SortOrder | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    open_ai_beta: str | Unset = UNSET,
) -> Response[ErrorResponse | ThreadList]:
    """List all threads

     Returns one page of threads. Of known servers only Azure AI Foundry Agents (classic) and the
    embedded one of this project have it; OpenAI never published it, and others answer 404 or 405.

    Args:
        limit (int | Unset):  Default: 20.
        order (SortOrder | Unset): Direction of a list.
        after (str | Unset):
        before (str | Unset):
        open_ai_beta (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ThreadList]
    """

    kwargs = get_kwargs(
        limit=limit,
        order=order,
        after=after,
        before=before,
        open_ai_beta=open_ai_beta,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = 20,
    order: SortOrder | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    open_ai_beta: str | Unset = UNSET,
) -> ErrorResponse | ThreadList | None:
    """List all threads

     Returns one page of threads. Of known servers only Azure AI Foundry Agents (classic) and the
    embedded one of this project have it; OpenAI never published it, and others answer 404 or 405.

    Args:
        limit (int | Unset):  Default: 20.
        order (SortOrder | Unset): Direction of a list.
        after (str | Unset):
        before (str | Unset):
        open_ai_beta (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ThreadList
    """

    return sync_detailed(
        client=client,
        limit=limit,
        order=order,
        after=after,
        before=before,
        open_ai_beta=open_ai_beta,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = 20,
    order: SortOrder | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    open_ai_beta: str | Unset = UNSET,
) -> Response[ErrorResponse | ThreadList]:
    """List all threads

     Returns one page of threads. Of known servers only Azure AI Foundry Agents (classic) and the
    embedded one of this project have it; OpenAI never published it, and others answer 404 or 405.

    Args:
        limit (int | Unset):  Default: 20.
        order (SortOrder | Unset): Direction of a list.
        after (str | Unset):
        before (str | Unset):
        open_ai_beta (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ThreadList]
    """

    kwargs = get_kwargs(
        limit=limit,
        order=order,
        after=after,
        before=before,
        open_ai_beta=open_ai_beta,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = 20,
    order: SortOrder | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    open_ai_beta: str | Unset = UNSET,
) -> ErrorResponse | ThreadList | None:
    """List all threads

     Returns one page of threads. Of known servers only Azure AI Foundry Agents (classic) and the
    embedded one of this project have it; OpenAI never published it, and others answer 404 or 405.

    Args:
        limit (int | Unset):  Default: 20.
        order (SortOrder | Unset): Direction of a list.
        after (str | Unset):
        before (str | Unset):
        open_ai_beta (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ThreadList
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            order=order,
            after=after,
            before=before,
            open_ai_beta=open_ai_beta,
        )
    ).parsed
