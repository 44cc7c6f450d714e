"""`python -m congtam` is the console script."""

from congtam.config.cli import main

main()
