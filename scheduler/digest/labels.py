"""Khabar's own words, all of them: one table, so that another language is another table.

A message with a number has one form for each plural category that its language needs (CLDR names: ``one``,
``other``, in Russian also ``few`` and ``many``).
"""

from __future__ import annotations

from collections.abc import Mapping

Message = str | Mapping[str, str]

ENGLISH: Mapping[str, Message] = {
    # head
    "title": "Khabar",
    "subject": "Khabar, {day}: {stories}",
    "no stories today": "No stories today",
    "no stories": "no stories",
    "empty": "Nothing found for this day is about ties between {scope}, as far as the sources below can tell.",
    "stories": {"one": "{n} story", "other": "{n} stories"},
    "articles": {"one": "{n} article", "other": "{n} articles"},
    "outlets": {"one": "{n} outlet", "other": "{n} outlets"},
    "independent": "{n} independent",
    "from": "{stories} from {articles}, {outlets}",
    "and": "{first} and {last}",
    "more": "and {n} more",
    "more stories": {"one": "and {n} more story", "other": "and {n} more stories"},
    # at a glance
    "usual": "usual {mean}",
    "unusually many": "unusually many",
    "unusually few": "unusually few",
    "last story": {"one": "last story {n} day ago", "other": "last story {n} days ago"},
    "topics": "Topics",
    # sections
    "new": "New",
    "undated": "Date unknown",
    "undated note": "Nothing on these pages tells when they appeared; they need not be new.",
    "late": "Found late",
    "late note": "Published well before this day, and seen only now.",
    "numbers": "Numbers of the day",
    "planned": "Next 14 days",
    "passing": "In passing",
    "passing note": "They touch on a tie, but are about something else.",
    "near misses": "Near misses",
    "near misses note": "Both sides are named; left out for the reason given.",
    "ledger": "What this digest rests on",
    # a story
    "first": "First",
    "then": "then",
    "via": "via {agency}",
    "copy": "copy",
    "date unknown": "date unknown, found {moment}",
    "both": "both sides report",
    "home": "only the {side} side reports",
    "other": "only the {side} side reports",
    "neither": "neither side reports it itself",
    # ledger
    "sources asked": "Sources asked",
    "asked of": "{asked} of {registered}",
    "answered": "Answered",
    "failing": "Failing",
    "articles listed": "Articles listed",
    "new articles": "new",
    "stored": "stored",
    "about a tie": "about a tie",
    "refused": "Refused",
    "not fetched": "Did not come",
    "quiet": "Quiet",
    "no crawl": "No crawl ran in this window: the page shows what was stored before.",
    "crawls": {"one": "{n} crawl", "other": "{n} crawls"},
    "crawled": "{crawls}, {first} to {last}",
    "crawling": "{crawls}, from {first}",
    "unfinished": {"one": "{n} did not finish", "other": "{n} did not finish"},
    # foot
    "times": "All times are those of {zone}.",
    "why": "Why is a story here? Each carries its reasons:",
    "built": "Built {moment}.",
    "whole": "What did not fit here is in the JSON and text files of the same day.",
    # side names, as adjectives
    "side AZ": "Azerbaijani",
    "side KZ": "Kazakh",
    "side KG": "Kyrgyz",
    "side UZ": "Uzbek",
    "side TM": "Turkmen",
    "side TJ": "Tajik",
    "side C5": "Central Asian",
    # names
    "country C5": "Central Asia",
    "topic economy-trade": "economy",
    "topic security-defence": "security",
    "topic culture-humanitarian": "culture",
    "topic education-science": "education",
    "topic digital-ict": "digital",
}
