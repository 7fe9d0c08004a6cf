"""Why a text is, or is not, about a tie: the evidence, and the sum that makes the score."""

from __future__ import annotations

from storage.records import Evidence, Tagging

SHOWN_REASONS = 12


def explain(tagging: Tagging, title: str = "", text: str = "") -> list[str]:
    """Lines of plain text. With `title` and `text` given, the place of each sentence is named by its paragraph."""
    lines = [f"{tagging.relevance.value}, score {tagging.score:.2f}"]
    if tagging.near_miss:
        lines.append(f"what was lacking: {tagging.near_miss}")
    for tie in tagging.ties:
        topics = ", ".join(tie.topics) or "no topic"
        lines.append(f"{tie.pair}: score {tie.score:.2f}; {topics}")
        for evidence in tie.evidence:
            lines += [f"  {line}" for line in _evidence(evidence, title, text)]
    return lines + _sum(tagging)


def _evidence(evidence: Evidence, title: str, text: str) -> list[str]:
    names = ", ".join(f"{m.text} ({m.country})" for m in evidence.mentions) or "no name"
    place = _place(evidence, title, text)
    return [f"{evidence.weight:.2f} {evidence.rule}{place}: {names}", f"     {evidence.sentence}"]


def _place(evidence: Evidence, title: str, text: str) -> str:
    if not text:
        return ""
    if evidence.end <= len(title):
        return ", in the title"
    before = (title + "\n\n" + text)[len(title) + 2 : evidence.start]
    paragraphs = [part for part in before.split("\n") if part.strip()]
    return f", paragraph {len(paragraphs) + (not before or before.endswith(chr(10)))}"


def _sum(tagging: Tagging) -> list[str]:
    if not tagging.reasons:
        return []
    shown = tagging.reasons[:SHOWN_REASONS]
    width = max(len(reason.feature) for reason in shown)
    lines = ["the sum (value x weight = contribution):"]
    for reason in shown:
        weight = reason.contribution / reason.value if reason.value else 0.0
        lines.append(f"  {reason.feature:{width}} {reason.value:6.2f} x {weight:+6.2f} = {reason.contribution:+6.2f}")
    rest = sum(reason.contribution for reason in tagging.reasons[SHOWN_REASONS:])
    if len(tagging.reasons) > SHOWN_REASONS:
        lines.append(f"  {f'{len(tagging.reasons) - SHOWN_REASONS} smaller ones':{width}} {'':17} {rest:+6.2f}")
    total = sum(reason.contribution for reason in tagging.reasons)
    lines.append(f"  total {total:+.2f}, as a chance {tagging.score:.2f}")
    return lines
