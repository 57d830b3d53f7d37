"""Build the example articles and their gold from the marked articles in `examples/marked`.

``python corpus/examples.py`` writes ``examples/<id>.txt`` and ``examples/gold.jsonl``; with
``--check`` it writes nothing and fails where they are out of date.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"

sys.path.insert(0, str(HERE))

from build import read_article, to_json  # noqa: E402


def build() -> dict[Path, str]:
    """What each generated file should hold."""
    files: dict[Path, str] = {}
    lines = []
    for path in sorted((EXAMPLES / "marked").glob("*.txt")):
        document = to_json(read_article(path))
        files[EXAMPLES / path.name] = f"{document['text']}\n"
        lines.append(json.dumps(document, ensure_ascii=False))
    files[EXAMPLES / "gold.jsonl"] = "\n".join(lines) + "\n"
    return files


def main() -> int:
    """Write the files or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path, text in build().items():
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(text, "utf-8")
    print("out of date:" if check else "written:", ", ".join(stale) or "nothing")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
