"""TLS: which certificates to trust, and whether it was trust that failed."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpx


class TrustedCertificates(ssl.SSLContext):
    """Trusts what httpx trusts by default, but reads it at the first handshake.

    Reading takes some 30 ms, thirty times as long as making a client; clients of `http://` never need it. Were it used
    unread, by a library that asks in another way, no certificate would be trusted.
    """

    _ready: ssl.SSLContext | None = None
    _protocols: tuple[str, ...] = ()

    def __new__(cls) -> TrustedCertificates:
        """Make a context that verifies certificates and host names."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        """Note which protocols to offer."""
        self._protocols = tuple(alpn_protocols)

    def wrap_socket(self, *arguments: Any, **keywords: Any) -> ssl.SSLSocket:
        """Begin a handshake over a socket."""
        return self._read().wrap_socket(*arguments, **keywords)

    def wrap_bio(self, *arguments: Any, **keywords: Any) -> ssl.SSLObject:
        """Begin a handshake in memory."""
        return self._read().wrap_bio(*arguments, **keywords)

    def _read(self) -> ssl.SSLContext:
        if self._ready is None:
            self._ready = httpx.create_ssl_context()
        if self._protocols:
            self._ready.set_alpn_protocols(self._protocols)
        return self._ready


def tls_error(error: BaseException | None) -> ssl.SSLError | None:
    """Return the fault of TLS that an error goes back to, None when there is none."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def is_untrusted(error: BaseException) -> bool:
    """Return whether an error goes back to a certificate that is not trusted, which trying again does not change."""
    return isinstance(tls_error(error), ssl.SSLCertVerificationError)
