from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from crawler.stories.shingle_index import COMMON, RECENT, ShingleIndex

KEYS = 16


MANY = 12 * RECENT // KEYS
"""Texts enough for several sorted segments and a rest."""
ALL_KEYS = np.sort(np.random.default_rng(1).integers(0, 2**32, (MANY, KEYS), dtype=np.uint32))


def keys_of(number: int) -> npt.NDArray[np.uint32]:
    return ALL_KEYS[number]


@pytest.mark.parametrize("count", [10, 2 * RECENT // KEYS + 10, MANY])
def test_a_text_is_found_by_half_of_its_keys_whether_it_came_early_or_late(count):
    index = ShingleIndex()
    for number in range(count):
        index.add(number, keys_of(number))
    wanted = [0, count // 2, count - 1]
    assert [index.find(keys_of(number)[: KEYS // 2], limit=5) for number in wanted] == [[number] for number in wanted]


def test_the_text_that_shares_most_keys_comes_first():
    index = ShingleIndex()
    index.add(1, keys_of(1)[:4])
    index.add(2, keys_of(1)[:9])
    assert index.find(keys_of(1), limit=1) == [2]


@pytest.mark.parametrize("texts", [COMMON + 1, 3 * RECENT])
def test_a_key_that_everything_has_leads_nowhere(texts):
    index = ShingleIndex()
    frame = np.array([7], dtype=np.uint32)
    for number in range(texts):
        index.add(number, frame)
    assert index.find(frame, limit=10) == []


def test_no_keys_find_nothing():
    index = ShingleIndex()
    index.add(1, keys_of(1))
    assert index.find(keys_of(1)[:0], limit=5) == []
