"""Pages of our own writing, in the shapes that news sites of the region have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from crawler.items import Extraction, Page, PageRules

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NO_RULES = PageRules()
URL = "https://herald.az/energy/oil-through-btc-4821.html"
TITLE = "Azerbaijan, Kazakhstan to ship more oil through Baku"
PARAGRAPHS = (
    "Azerbaijan and Kazakhstan agreed on Monday to ship more oil through the pipeline that runs from Baku to the sea, "
    "the energy ministers of the two countries said after their talks.",
    "The volume will grow to 2.2 million tons next year, up from 1.5 million, according to the protocol of the joint "
    "commission, which met for the nineteenth time since it was founded.",
    "Tankers will carry the oil from Aktau over the Caspian, and a new terminal south of the capital is to take it in "
    "from the spring of next year on, when its second berth is finished.",
    "Both sides also spoke of grain, of a fibre-optic cable on the sea bed, and of flights between Aktau and Ganja "
    "that two airlines want to begin in the summer season.",
)
RUSSIAN = (
    "Азербайджан и Казахстан договорились увеличить транзит нефти по трубопроводу, сообщили министры энергетики двух "
    "стран по итогам заседания межправительственной комиссии.",
    "Объём вырастет до двух миллионов тонн в следующем году, а танкеры повезут сырьё из Актау через Каспийское море, "
    "где весной откроется новый терминал.",
    "Стороны обсудили также поставки зерна, прокладку кабеля по дну моря и прямые рейсы, которые две авиакомпании "
    "хотят открыть к летнему сезону.",
)
AZERBAIJANI = (
    "Azərbaycan və Qazaxıstan neftin tranzitini artırmaq barədə razılığa gəliblər, bunu iki ölkənin energetika "
    "nazirləri hökumətlərarası komissiyanın iclasından sonra bildiriblər.",
    "Həcm gələn il iki milyon tona çatacaq, tankerlər nefti Aktaudan Xəzər dənizi ilə daşıyacaq, burada yazda yeni "
    "terminal açılacaq.",
)
KAZAKH = (
    "Әзербайжан мен Қазақстан мұнай транзитін арттыруға келісті, бұл туралы екі елдің энергетика министрлері "
    "үкіметаралық комиссияның отырысынан кейін мәлімдеді.",
    "Көлемі келесі жылы екі миллион тоннаға жетеді, танкерлер мұнайды Ақтаудан Каспий теңізі арқылы тасымалдайды.",
)


def news_page(
    *,
    head: str = "",
    before: str = "",
    paragraphs: Sequence[str] = PARAGRAPHS,
    after: str = "",
    title: str = TITLE,
) -> str:
    """A page with a menu, a clock, an article, a box of related news and a footer with old years."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title} - Herald</title>{head}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/politics/'>Politics</a></nav>"
        "<div class='clock'>20 November 2026</div></header>"
        f"<main><article><h1>{title}</h1>{before}{text}{after}</article></main>"
        "<aside class='related'><h3>Related news</h3><ul><li><a href='/1'>Turkmen gas comes by a swap deal</a>"
        "<time datetime='2020-01-01'>1 January 2020</time></li></ul></aside>"
        "<footer>(c) 2019-2026 Herald. All rights reserved</footer></body></html>"
    )


def json_ld(value: Any) -> str:
    """A script element that holds `value`."""
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def meta(name: str, content: str) -> str:
    """A meta element."""
    return f'<meta property="{name}" content="{content}">'


def fetched(html: str | bytes, *, url: str = URL, rules: PageRules = NO_RULES, **known: Any) -> Page:
    """The page as the crawler hands it over; the site's clock is that of Baku unless `known` says otherwise."""
    body = html if isinstance(html, bytes) else html.encode()
    return Page(url=url, body=body, rules=rules, fetched_at=NOW, **({"zone": "Asia/Baku"} | known))


def day_of(extraction: Extraction) -> str | None:
    """The day on which the article appeared, by the publisher's clock."""
    if extraction.published_at is None or extraction.published_offset is None:
        return None
    return (extraction.published_at + extraction.published_offset).date().isoformat()
