"""Text that is not read by accident: compressed, in base 85. It keeps no secret; who wants to can open it."""

from __future__ import annotations

import base64
import zlib


def seal(text: str) -> str:
    """`text` in a form that shows nothing of it to who opens the file."""
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed."""
    return zlib.decompress(base64.b85decode(sealed)).decode()
