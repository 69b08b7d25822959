"""Decompress a body as it comes in, never further than its reader can take.

httpx decompresses each part of a body in one go, whatever comes out: a few kilobytes that were compressed twice can
fill the memory. So nothing but gzip, which every server speaks, is asked for, and it is decompressed here.
"""

from __future__ import annotations

import zlib

import httpx

ACCEPTED = "gzip"
"""What to ask servers for, in `Accept-Encoding`."""

_COMPRESSIONS = {"br", "compress", "deflate", "gzip", "x-gzip", "zstd"}
_GZIP_FORMAT = zlib.MAX_WBITS | 16


class Decompressor:
    """Takes the parts of one body as they come.

    Args:
        content_encoding: The header of that name. Words in it that name no compression are ignored: some servers put
            the encoding of the text there.
    """

    def __init__(self, content_encoding: str) -> None:
        words = [word.strip() for word in content_encoding.lower().split(",")]
        self._compressions = [word for word in words if word in _COMPRESSIONS]
        self._gzip = zlib.decompressobj(_GZIP_FORMAT)
        self._has_begun = False

    def decompress(self, data: bytes, at_most: int) -> bytes:
        """Return what a part of the body says.

        Args:
            data: The part as it came.
            at_most: Where to stop (bytes, at least 1). What lies beyond is lost: a reader who gets that much has to
                give up.

        Raises:
            httpx.DecodingError: It is not gzip, or is compressed in a way that was not asked for.
        """
        if not self._compressions:
            return data
        if self._compressions not in (["gzip"], ["x-gzip"]):
            raise httpx.DecodingError(f"it is compressed by {', '.join(self._compressions)}, only gzip was asked for")
        self._has_begun = True
        try:
            return b"" if self._gzip.eof else self._gzip.decompress(data, at_most)
        except zlib.error as error:
            raise httpx.DecodingError(f"it is not the gzip it claims to be: {error}") from None

    @property
    def is_complete(self) -> bool:
        """Whether the body may end here."""
        return self._gzip.eof or not self._has_begun
