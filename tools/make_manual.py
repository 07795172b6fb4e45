"""Makes 使用手册 as a PDF, which ``dev.py build`` puts beside the program.

python3 dev.py manual [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from crm_desktop.papers.manuals import TITLE, write

TARGET = Path(__file__).resolve().parent.parent / "out" / f"{TITLE}.pdf"


def main(arguments: list[str]) -> int:
    """Writes it, says where; a character no face has fails the build."""
    target = Path(arguments[0]) if arguments else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write(target)
    print(f"  {written.path}")
    if written.missing:
        print(f"No face has: {' '.join(written.missing)}", file=sys.stderr)
    return int(bool(written.missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
