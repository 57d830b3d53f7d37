"""Words a second of the whole report beside bare spaCy on the same text, and start-up times.

`python bench/speed.py [--pairs 5] [--articles FILE.jsonl]`: the two alternate, one process each.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT / "corpus" / "gold" / "train.jsonl"


def texts(path: Path, words: int) -> list[str]:
    out, count = [], 0
    for line in path.read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        out.append(text)
        count += len(text.split())
        if count >= words:
            break
    return out


def bare(path: Path, words: int) -> float:
    from onrecord.pipeline.loading import find_base, load_base

    nlp, articles = load_base(find_base()), texts(path, words)
    list(nlp.pipe(articles[:2]))
    start = time.perf_counter()
    list(nlp.pipe(articles))
    return sum(len(t.split()) for t in articles) / (time.perf_counter() - start)


def whole(path: Path, words: int) -> float:
    from onrecord.analyzer import analyze
    from onrecord.pipeline.build import load_pipeline
    from onrecord.schema import Article

    loaded = load_pipeline()
    articles = [Article(id=str(i), text=t) for i, t in enumerate(texts(path, words))]
    list(analyze(loaded, articles[:2]))
    start = time.perf_counter()
    list(analyze(loaded, articles))
    return sum(len(a.text.split()) for a in articles) / (time.perf_counter() - start)


def seconds(command: list[str], compiled: str) -> float:
    """How long a command takes whose modules are compiled, as pip leaves them.

    Args:
        command: what to run.
        compiled: folder of the compiled modules; the first run fills it.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--articles", type=Path, default=DEFAULT)
    parser.add_argument("--one", choices=("bare", "whole"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print({"bare": bare, "whole": whole}[args.one](args.articles, args.words))
        return
    rates: dict[str, list[float]] = {"bare": [], "whole": []}
    own = [sys.executable, __file__, "--articles", str(args.articles), "--words", str(args.words)]
    for _ in range(args.pairs):
        for kind, values in rates.items():
            printed = subprocess.run([*own, "--one", kind], check=True, capture_output=True, text=True)
            values.append(float(printed.stdout))
    middle = {kind: statistics.median(values) for kind, values in rates.items()}
    print(f"bare spaCy   {middle['bare']:8.0f} words/s  {[round(v) for v in rates['bare']]}")
    print(f"whole report {middle['whole']:8.0f} words/s  {[round(v) for v in rates['whole']]}")
    print(f"ratio        {middle['whole'] / middle['bare']:8.2f}")
    command = [sys.executable, "-m", "onrecord"]
    load = "from onrecord.pipeline.loading import *; load_base(find_base())"
    with tempfile.TemporaryDirectory() as compiled:
        for name, line in (
            ("--help", [*command, "--help"]),
            ("spaCy import and load", [sys.executable, "-c", load]),
            ("one article, cold", [*command, "examples/politics.txt"]),
        ):
            print(f"{name:22} {min(seconds(line, compiled) for _ in range(4)):.2f} s")


if __name__ == "__main__":
    main()
