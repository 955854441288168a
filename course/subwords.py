"""Pieces of words, by byte-pair encoding (Sennrich, Haddow and Birch, 2016). Lesson 06 shows a round and asks for the loop."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

Pair = tuple[str, str]

END = "_"  # the last piece of every word, so that "low" at the end of a word and "low" inside one are two things


def merge(pieces: Sequence[str], pair: Pair) -> list[str]:
    """The pieces with every occurrence of the pair, from left to right, made one piece."""
    joined: list[str] = []
    i = 0
    while i < len(pieces):
        if tuple(pieces[i : i + 2]) == pair:
            joined.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            joined.append(pieces[i])
            i += 1
    return joined


class Subwords:
    """Pieces learned from words and their counts: each merge joins the pair of neighbours that is most frequent at that point.

    merges: the pairs, in the order in which they were learned.
    """

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = [tuple(pair) for pair in merges]
        self._rank = {pair: i for i, pair in enumerate(self.merges)}

    @classmethod
    def learn(cls, counts: Mapping[str, int], merges: int) -> Subwords:
        """Learns up to `merges` merges. Of pairs that are equally frequent the alphabetically first is joined.

        Only the words that hold the joined pair are counted again, so thousands of merges take a second or two.
        """
        words = {word: [*word, END] for word in counts}
        totals: Counter[Pair] = Counter()
        holders: defaultdict[Pair, set[str]] = defaultdict(set)
        for word, pieces in words.items():
            for pair in pairwise(pieces):
                totals[pair] += counts[word]
                holders[pair].add(word)
        queue = [(-total, pair) for pair, total in totals.items()]
        heapq.heapify(queue)
        learned: list[Pair] = []
        while queue and len(learned) < merges:
            total, best = heapq.heappop(queue)
            if -total != totals[best] or not total:  # an entry that a later count has overtaken
                continue
            learned.append(best)
            touched: set[Pair] = set()
            for word in holders[best].copy():
                joined = merge(words[word], best)
                for sign, pieces in ((-1, words[word]), (1, joined)):
                    for pair in pairwise(pieces):
                        totals[pair] += sign * counts[word]
                        touched.add(pair)
                        (holders[pair].add if sign > 0 else holders[pair].discard)(word)
                words[word] = joined
            for pair in touched:
                if totals[pair] > 0:
                    heapq.heappush(queue, (-totals[pair], pair))
        return cls(learned)

    def split(self, word: str) -> list[str]:
        """The pieces of a word, known or not: its characters and the end mark, joined by the merges in the order learned."""
        pieces = [*word, END]
        while True:
            first = min(pairwise(pieces), key=lambda pair: self._rank.get(pair, len(self._rank)), default=None)
            if first not in self._rank:
                return pieces
            pieces = merge(pieces, first)
