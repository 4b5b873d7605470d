"""`bench/run [NAME] [--size N] [--rounds N] [--seconds S]`: every bench, or the one named."""

import argparse
from importlib import import_module

from bench.report import HEADING

BENCHES = ("donors", "evaluations", "members", "news", "people", "rewards")


def main() -> None:
    """Run and print; exits with a sentence when a server does not start or answers wrongly."""
    parser = argparse.ArgumentParser(prog="bench/run", description="Ours beside a yardstick, in one run.")
    parser.add_argument("name", nargs="?", choices=BENCHES, help="one bench; all of them if left out")
    parser.add_argument("--size", type=int, help="how much data; each bench has its own small default")
    parser.add_argument("--rounds", type=int, help="alternating rounds; the median counts")
    parser.add_argument("--seconds", type=float, help="length of one turn in a round")
    chosen = parser.parse_args()
    print(HEADING, flush=True)
    for name in [chosen.name] if chosen.name else BENCHES:
        import_module(f"bench.{name}").measure(chosen.size, chosen.rounds, chosen.seconds)


if __name__ == "__main__":
    main()
