"""How well a sentence's language is told: Indonesian, written and spoken, English, and other languages of Indonesia.

    python -m benchmarks.languages [--details]

`sentences/languages.jsonl` holds sentences in the manner of informants, written for this; every second one was kept
aside while the words that decide were chosen.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from litreview.language.detect import detect_language

SENTENCES = Path(__file__).parent / "sentences" / "languages.jsonl"
Row = dict[str, str]


def read_rows() -> list[Row]:
    """Sentences with the language that should be told (`language`), the one they are in (`of`) and their half."""
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print, for each half and language, how many sentences are told right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--details", action="store_true", help="list every miss")
    details = parser.parse_args().details
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in read_rows():
        told = detect_language(row["text"])
        right[row["set"], row["of"]].append(told == row["language"])
        if details and told != row["language"]:
            print(f"{row['set']} {row['of']}, told {told}: {row['text']}")
    print("| half | sentences in | right | of |")
    print("|---|---|---|---|")
    for (half, of), found in sorted(right.items()):
        print(f"| {half} | {of} | {sum(found)} | {len(found)} |")


if __name__ == "__main__":
    main()
