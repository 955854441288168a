"""Lets `python -m course` stand for the command `course`."""

from course.cli import main

raise SystemExit(main())
