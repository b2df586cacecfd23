"""`python -m warpviz` is the command `warpviz`."""

from warpviz.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
