"""``python -m erreichbar.cli``."""

from erreichbar.cli import main

main()
