"""`python -m galactica` is the same program as `galactica`."""

from galactica.cli import main

if __name__ == "__main__":
    main()
