"""Imported by the process that workers are forked from: the tagger's code and the lexicon, once for all of them."""

from __future__ import annotations

import gc

import crawler.ties.tagger  # noqa: F401
from crawler.ties.lexicon import load_lexicon

load_lexicon()
# A collection that looked at all of it would write to its pages, and each worker would get a copy.
gc.collect()
gc.freeze()
