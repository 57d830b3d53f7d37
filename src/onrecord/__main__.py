"""`python -m onrecord`."""

import sys

from onrecord.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
