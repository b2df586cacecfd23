"""Snippets in the real hosts: each host builds a page or a talk, and Chromium watches the film.

`python -m tests.hosts` goes through all that are installed; the tests of the suite take those that
build within a second or two.
"""
