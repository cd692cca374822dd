"""``python -m erreichbar.site.debian NAME…``: bring these bundles, tell where they are."""

import argparse
import sys

from erreichbar.site.debian import BUNDLES, CannotBring, bring


def main() -> int:
    """Bring the bundles named; exit code 1 with a message if one cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m erreichbar.site.debian", description=__doc__)
    parser.add_argument("bundles", nargs="+", choices=sorted(BUNDLES), metavar="NAME", help=", ".join(sorted(BUNDLES)))
    parser.add_argument("--refresh", action="store_true", help="fetch anew, even if it is there")
    told = parser.parse_args()
    try:
        for name in told.bundles:
            bring(BUNDLES[name], say=lambda line: print(line, flush=True), refresh=told.refresh)
    except CannotBring as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
