"""What decks are made with and pip does not have: reveal.js, MathJax, two typefaces. From the npm registry, pinned, checked, kept."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from course.data.paths import cache_folder

TIMEOUT = (10, 60)  # seconds to connect, and without a byte


class SlidesError(Exception):
    """Slides that cannot be made. The message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Package:
    """A package of the npm registry. integrity: as npm gives it, `npm view NAME@VERSION dist.integrity`."""

    name: str
    version: str
    integrity: str

    @property
    def file(self) -> str:
        return f"{self.name.rpartition('/')[2]}-{self.version}.tgz"


REVEAL = Package(
    "reveal.js",
    "5.2.1",
    "sha512-r7//6mIM5p34hFiDMvYfXgyjXqGRta+/psd9YtytsgRlrpRzFv4RbH76TXd2qD+7ZPZEbpBDhdRhJaFgfQ7zNQ==",
)
MATHJAX = Package(
    "mathjax",
    "3.2.2",
    "sha512-Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw==",
)
TEXT_FONT = Package(
    "@fontsource-variable/inter",
    "5.3.0",
    "sha512-OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==",
)
CODE_FONT = Package(
    "@fontsource-variable/jetbrains-mono",
    "5.3.0",
    "sha512-F32xpS2NsGYoQi2ADSkKTgpJj7ozajsGgDJ8woTnqjmIB+dxDIqImjl4pXZVEExu8UFZ2ndhmX18EBS/hdz3Lw==",
)


def file(package: Package, path: str) -> bytes:
    """One file of a package, which is downloaded where it is not in the cache folder.

    Raises SlidesError when it cannot be had, or is not what was pinned.
    """
    with tarfile.open(_tarball(package)) as packed:
        member = packed.extractfile(f"package/{path}")
        assert member is not None, path
        return member.read()


def _tarball(package: Package) -> Path:
    kept = cache_folder() / "npm" / package.file
    if kept.is_file() and _is(package, kept.read_bytes()):
        return kept
    data = _download(package)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_name(f"{kept.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(kept)  # whole or not there, however many ask at once
    except OSError as error:
        raise SlidesError(
            f"Cannot write to {kept.parent} ({error.strerror}): set COURSE_DATA to a folder you can write to."
        ) from None
    return kept


def _download(package: Package) -> bytes:
    import requests  # honours HTTPS_PROXY, NO_PROXY and REQUESTS_CA_BUNDLE

    address = f"{registry()}/{package.name}/-/{package.file}"
    try:
        answer = requests.get(address, timeout=TIMEOUT)
        answer.raise_for_status()
        data = answer.content
    except requests.HTTPError as error:
        raise SlidesError(f"{address} answers {error.response.status_code}, so slides cannot be made.") from None
    except (requests.RequestException, OSError):
        raise SlidesError(
            f"No network: cannot reach {urlsplit(address).netloc} for {package.name} {package.version}, which slides are made with; "
            f"run `course slides` once where there is a network, and it is kept in {cache_folder() / 'npm'}."
        ) from None
    if not _is(package, data):
        raise SlidesError(
            f"What {address} gave is not {package.name} {package.version} (wrong checksum): try again, or another registry."
        )
    return data


def registry() -> str:
    """The registry that npm itself would use: $npm_config_registry, a line of ~/.npmrc, or npm's own."""
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    settings = Path(os.environ.get("NPM_CONFIG_USERCONFIG") or Path.home() / ".npmrc")
    try:
        found = re.search(r"^registry\s*=\s*(\S+)", settings.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return (found[1] if found else "https://registry.npmjs.org").rstrip("/")


def _is(package: Package, data: bytes) -> bool:
    return package.integrity == "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
