"""A small regional web on loopback: invented outlets, articles written for it, and what a crawler should make of them.

To add an article, write ``articles/<outlet>/<slug>.md``; to add an outlet, a table in ``outlets.toml`` and in
``sources.toml`` and two templates in ``layouts/<outlet>/``. The tests of this folder say what is missing.
"""
