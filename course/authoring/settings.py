"""What pyproject.toml says about where the course lives, read in one place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """repository: what pip is given to install the package, "" for none; any pip URL, a path, or a GitHub page. branch: for links."""

    repository: str = ""
    branch: str = "main"

    @property
    def github(self) -> str | None:
        """OWNER/NAME when the repository is on GitHub."""
        match = re.fullmatch(
            r"(?:git\+)?https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?(?:@[\w./-]+)?", self.repository
        )
        return match[1] if match else None

    @property
    def pip(self) -> str:
        """What to hand to `pip install`."""
        return f"git+https://github.com/{self.github}@{self.branch}" if self.github else self.repository

    def colab(self, notebook: str) -> str | None:
        """The address that opens `notebooks/<notebook>` in Colab; None when the repository is not on GitHub."""
        if not self.github:
            return None
        return f"https://colab.research.google.com/github/{self.github}/blob/{self.branch}/notebooks/{notebook}"


def load(root: Path = ROOT) -> Settings:
    """The settings in `[tool.course]` of root's pyproject.toml."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {}).get("course", {})
    return Settings(table.get("repository", ""), table.get("branch", "main"))
