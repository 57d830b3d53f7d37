"""Put the page that onrecord prints today into README.md.

``python docs/readme_page.py`` rewrites the block; ``--check`` fails where it is out of date.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- page: (?P<path>\S+) -->\n.*?<!-- /page -->", re.DOTALL)


def page(path: str) -> str:
    """What the command prints for an article, piped, 80 columns wide."""
    command = [sys.executable, "-m", "onrecord", path, "--width", "80"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


def filled(text: str) -> str:
    """The README with its block as it should be."""
    found = BLOCK.search(text)
    if found is None:
        raise SystemExit("README.md: no page block")
    path = found["path"]
    block = f"<!-- page: {path} -->\n```console\n$ onrecord {path}\n{page(path)}\n```\n<!-- /page -->"
    return text[: found.start()] + block + text[found.end() :]


def main() -> int:
    """Rewrite the block or check it."""
    old = README.read_text("utf-8")
    new = filled(old)
    if "--check" in sys.argv:
        return int(old != new)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
