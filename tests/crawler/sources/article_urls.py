"""What addresses of articles look like, site by site: real shapes, made-up slugs and ids."""

from __future__ import annotations

ARTICLES: dict[str, tuple[str, ...]] = {
    "1news": (
        "https://1news.az/news/20260301101112130-Ministr-vstretilsya-s-kollegoi",
        "https://1news.az/az/news/20260301101112130-Nazir-hemkari-ile-gorusdu",
    ),
    "24kg": (
        "https://24.kg/english/345678_Minister_arrives_in_Baku/",
        "https://24.kg/english/345679__Minister_leaves_Baku_/",
        "https://24.kg/ekonomika/345680_ministr_pribyil_vbaku/",
    ),
    "aa": (
        "https://www.aa.com.tr/en/asia-pacific/ministers-meet-in-samarkand/3771234",
        "https://www.aa.com.tr/tr/dunya/bakanlar-semerkantta-bulustu/3771235",
    ),
    "akipress": (
        "https://akipress.com/news:771234:Minister_arrives_in_Baku",
        "https://akipress.com/news:771234",
        "https://kg.akipress.org/news:2271234",
        "https://m.akipress.com/news:771234:Minister_arrives_in_Baku/",
    ),
    "akorda": (
        "https://www.akorda.kz/en/the-president-receives-the-minister-712345",
        "https://akorda.kz/ru/glava-gosudarstva-prinyal-ministra-712346",
    ),
    "anewz": ("https://anewz.tv/region/central-asia/12345/ministers-meet-in-tashkent/news",),
    "apa": (
        "https://apa.az/az/xarici-siyaset/nazir-bakida-gorusub-812345",
        "https://apa.az/en/foreign-policy/minister-visits-baku-812346/",
    ),
    "asiaplus": (
        "https://asiaplustj.info/en/news/tajikistan/politics/20260301/minister-visits-baku",
        "https://www.asiaplustj.info/ru/news/world/20260301/ministr-posetil-baku",
    ),
    "astanatimes": ("https://astanatimes.com/2026/03/minister-visits-baku/",),
    "azadliq": (
        "https://www.azadliq.org/a/nazir-bakida/33123456.html",
        "http://www.azadliq.org/a/33123456.html",
    ),
    "azattyk": (
        "https://rus.azattyk.org/a/33123456.html",
        "https://www.azattyk.org/a/ministr-bakuda/33123457.html",
    ),
    "azattyq": ("https://rus.azattyq.org/a/ministr-v-baku/33123456.html",),
    "azerbaijan-az": ("https://azerbaijan.az/en/news/15123",),
    "azernews": (
        "https://www.azernews.az/nation/251234.html",
        "https://azernews.az/oil_and_gas/251235.html",
        "http://www.azernews.az/analysis/251236.html",
    ),
    "azertag": (
        "https://azertag.az/xeber/nazir_bakida_gorusub-4123456",
        "https://azertag.az/en/xeber/minister_visits_baku-4123457",
    ),
    "baq-kz": (
        "https://baq.kz/ministr-bakude-kezdesti-200123456/",
        "https://rus.baq.kz/ministr-posetil-baku_300123456/",
    ),
    "business-tm": (
        "https://business.com.tm/post/15123/minister-visits-baku",
        "https://business.com.tm/ru/post/15124/ministr-posetil-baku",
    ),
    "caliber": (
        "https://caliber.az/post/ministr-posetil-baku",
        "https://caliber.az/en/post/minister-visits-baku",
        "https://caliber.az/az/post/nazir-bakida",
    ),
    "caspiannews": ("https://caspiannews.com/news-detail/minister-visits-baku-2026-3-1-12/",),
    "centrasia": (
        "https://centrasia.org/newsA.php?st=1772345678",
        "https://www.centrasia.ru/newsA.php?st=1772345679",
    ),
    "commonspace": (
        "https://www.commonspace.eu/news/ministers-meet-baku",
        "https://commonspace.eu/index.php?m=23&news_id=5123",
    ),
    "dailysabah": ("https://www.dailysabah.com/politics/diplomacy/ministers-of-two-states-meet",),
    "daryo": (
        "https://daryo.uz/en/2026/03/01/minister-visits-baku",
        "https://daryo.uz/2026/03/01/vazir-bokuda/",
    ),
    "day-az": (
        "https://news.day.az/politics/1712345.html",
        "https://news.day.az/azerinews/1712346.html",
        "https://lady.day.az/news/culture/1712347.html",
    ),
    "ekosular": (
        "https://ekosular.az/en/xeberler/yeni-f%C9%99sil",
        "https://ekosular.az/xeberler/su-ehtiyatlari",
    ),
    "eurasianet": (
        "https://eurasianet.org/baku-and-astana-sign-a-deal",
        "https://russian.eurasianet.org/baku-i-astana-dogovorilis",
    ),
    "fergana": ("https://fergana.agency/news/151234/", "https://en.fergana.news/articles/151235/"),
    "gazeta-uz": (
        "https://www.gazeta.uz/en/2026/03/01/baku/",
        "https://www.gazeta.uz/oz/2026/03/01/boku/",
        "https://gazeta.uz/ru/2026/03/01/baku/",
    ),
    "haqqin": ("https://haqqin.az/news/391234", "https://haqqin.az/newsarchive/391234"),
    "interfax": ("https://www.interfax.ru/world/1071234",),
    "jam-news": (
        "https://jam-news.net/azerbaijan-and-kazakhstan-agree/",
        "https://jam-news.net/ru/baku-i-astana-dogovorilis/",
    ),
    "kabar": (
        "https://kabar.kg/news/ministr-bakuga-bardy/",
        "https://en.kabar.kg/news/minister-visits-baku/",
        "https://ru.kabar.kg/news/221234/",
    ),
    "kaktus": ("https://kaktus.media/doc/531234_ministr_posetil_baky._chto_izvestno.html",),
    "kazinform": (
        "https://qazinform.com/news/minister-visits-baku-1a2b3c",
        "https://www.inform.kz/en/minister-visits-baku_a3912345",
        "https://kaz.inform.kz/news/ministr-bakude-1a2b3d/",
    ),
    "khovar": (
        "https://khovar.tj/rus/2026/03/ministr-posetil-baku/",
        "https://khovar.tj/2026/03/vazir-dar-boku/",
        "https://eng.khovar.tj/2026/03/minister-visits-baku/",
    ),
    "knews": ("https://knews.kg/2026/03/01/ministr-posetil-baku/",),
    "kun": (
        "https://kun.uz/en/news/2026/03/01/minister-visits-baku",
        "https://kun.uz/news/2026/03/01/vazir-bokuda-1a2b3c",
    ),
    "kursiv": (
        "https://kz.kursiv.media/2026-03-01/tksh-baku-tranzit/",
        "https://kz.kursiv.media/en/2026-03-01/baku-transit/",
    ),
    "lsm": ("https://lsm.kz/baku-i-astana-dogovorilis",),
    "menafn": ("https://menafn.com/1109123456/Minister-Visits-Baku",),
    "metbuat": ("https://metbuat.az/news/1512345/nazir-bakida-gorusub.html",),
    "mfa-az": ("https://mfa.gov.az/en/news/no12326", "https://www.mfa.gov.az/az/news/no12426"),
    "middlecorridor": ("https://middlecorridor.com/ru/press-tsentr/novosti/01-03-2026",),
    "minval": (
        "https://minval.az/news/124412345",
        "https://minval.biz/?p=124412345",
        "https://m.minval.az/news/124412346",
    ),
    "moscow-baku": ("https://moscow-baku.ru/news/politics/ministr_posetil_baku/",),
    "news-az": ("https://news.az/news/minister-visits-baku",),
    "newscentralasia": ("https://www.newscentralasia.net/2026/03/01/minister-visits-baku/",),
    "orda": ("https://en.orda.kz/minister-visits-baku-9123", "https://orda.kz/ministr-posetil-baku-391234/"),
    "orient": ("https://orient.tm/en/post/85123/minister-visits-baku", "https://orient.tm/ru/post/85124"),
    "oxu": ("https://oxu.az/politics/nazir-bakida-gorusub", "https://oxu.az/siyaset/912345"),
    "ozodi": ("https://www.ozodi.org/a/33123456.html", "https://rus.ozodi.org/a/ministr/33123457.html"),
    "podrobno": ("https://podrobno.uz/cat/politic/ministr-posetil-baku/",),
    "president-az": ("https://president.az/en/articles/view/71234",),
    "president-uz": ("https://president.uz/en/lists/view/9123",),
    "qafqazinfo": (
        "https://qafqazinfo.az/news/detail/nazir-bakida-gorusub-512345",
        "https://qafqazinfo.az/news/detailru/-512346",
    ),
    "qalampir": ("https://qalampir.uz/news/vazir-bokuda-131234", "https://qalampir.uz/uz/news/vazir-131235"),
    "report-az": (
        "https://report.az/en/region/minister-visits-baku-for-talks",
        "https://report.az/ru/vneshnyaya-politika/ministr-posetil-baku",
        "https://report.az/xarici-siyaset/nazir-bakida-gorus-kecirib/",
    ),
    "rferl": ("https://www.rferl.org/a/minister-baku-visit/33123456.html",),
    "silkwaytv": (
        "https://silkwaytv.kz/kk/ministr-bakude_41234",
        "https://silkwaytv.kz/en/minister-visits-baku",
    ),
    "sputnik-az": (
        "https://az.sputniknews.ru/20260301/ministr-posetil-baku-471234567.html",
        "https://sputnik.az/20260301/nazir-bakida-471234568.html",
    ),
    "sputnik-kg": ("https://ru.sputnik.kg/20260301/ministr-posetil-baku-1091234567.html",),
    "sputnik-kz": (
        "https://ru.sputnik.kz/20260301/ministr-posetil-baku-51234567.html",
        "https://ru.sputniknews.kz/20260301/ministr-posetil-baku-51234568.html",
    ),
    "sputnik-tj": ("https://tj.sputniknews.ru/20260301/ministr-posetil-baku-1061234567.html",),
    "sputnik-uz": (
        "https://uz.sputniknews.ru/20260301/ministr-posetil-baku-51234567.html",
        "https://sputniknews.uz/20260301/vazir-bokuda-51234568.html",
    ),
    "stanradar": ("https://stanradar.com/news/full/51234-ministr-posetil-baku.html",),
    "tdi": ("https://thediplomaticinsight.com/minister-visits-baku-for-talks/",),
    "tengrinews": (
        "https://tengrinews.kz/kazakhstan_news/ministr-posetil-baku-591234/",
        "https://en.tengrinews.kz/politics_sub/minister-visits-baku-271234/",
    ),
    "thediplomat": ("https://thediplomat.com/2026/03/what-the-middle-corridor-needs/",),
    "timesca": ("https://timesca.com/minister-visits-baku-for-talks/",),
    "today-az": (
        "http://www.today.az/news/politics/251234.html",
        "https://today.az/news/business/251235.html",
    ),
    "trend": (
        "https://en.trend.az/casia/kazakhstan/4112345.html",
        "https://ru.trend.az/azerbaijan/4112346.html",
        "https://az.trend.az/other/world/4112347.html",
        "https://www.trend.az/business/4112348.html",
    ),
    "trt": (
        "https://trt.global/russian/article/1a2b3c4d5e6f",
        "https://www.trtavaz.com.tr/haber/tur/avrasyadan/bakanlar-bulustu/65a1b2",
    ),
    "turan": ("https://turan.az/en/politics/minister-visits-baku-791234",),
    "turkmenistan-gov": (
        "https://turkmenistan.gov.tm/en/post/91234/turkmenistan-–-azerbaijan-talks",
        "https://turkmenistan.gov.tm/en/post/91234/turkmenistan-%E2%80%93-azerbaijan-talks",
        "https://turkmenistan.gov.tm/tk/habar/91235/ministr-bakuda",
    ),
    "turkmenportal": (
        "https://turkmenportal.com/blog/91234/ministr-posetil-baku",
        "https://turkmenportal.com/en/blog/91235/minister-visits-baku",
    ),
    "uza": ("https://uza.uz/en/posts/minister-visits-baku_891234", "https://uza.uz/oz/posts/vazir_891235"),
    "uzdaily": ("https://www.uzdaily.uz/en/minister-visits-baku/",),
    "uzreport": ("https://uzreport.news/politics/ministr-posetil-baku",),
    "vb-kg": ("https://www.vb.kg/doc/451234_ministr_posetil_baky.html",),
    "vestikavkaza": (
        "https://vestikavkaza.ru/news/ministr-posetil-baku.html",
        "https://en.vestikavkaza.ru/material/181234",
    ),
    "vlast": ("https://vlast.kz/novosti/61234-ministr-posetil-baku.html",),
    "yuz": ("https://yuz.uz/news/vazir-bokuda", "https://yuz.uz/en/news/vazir-bokuda"),
}

NOT_ARTICLES: tuple[tuple[str, str], ...] = (
    ("azernews", "https://www.azernews.az/region/"),
    ("today-az", "https://www.today.az/print/news/politics/51234.html"),
    ("trend", "https://en.trend.az/casia/kazakhstan/"),
    ("caliber", "https://caliber.az/en/"),
    ("report-az", "https://report.az/en/foreign-politics/"),
    ("kursiv", "https://kz.kursiv.media/2026-03-01/tksh-baku-tranzit/amp/"),
    ("vestikavkaza", "https://en.vestikavkaza.ru/amp/71234"),
    ("president-az", "https://president.az/en/articles/view/71234/print"),
    ("kaktus", "https://kaktus.media/?lable=8&date=2026-03-01&order=time"),
    ("akorda", "https://www.akorda.kz/en/events"),
    ("eurasianet", "https://eurasianet.org/region/central-asia"),
    ("24kg", "https://24.kg/english/"),
    ("timesca", "https://timesca.com/category/news/uzbekistan/"),
    ("tdi", "https://thediplomaticinsight.com/category/diplomacy/"),
)

LANGUAGES: tuple[tuple[str, str, str | None], ...] = (
    ("trend", "https://en.trend.az/casia/kazakhstan/4112345.html", "en"),
    ("trend", "https://www.trend.az/business/4112348.html", "en"),
    ("trend", "https://ru.trend.az/azerbaijan/4112346.html", "ru"),
    ("trend", "https://tr.trend.az/azerbaijan/4112346.html", "tr"),
    ("report-az", "https://report.az/xarici-siyaset/nazir-bakida-gorus-kecirib/", "az"),
    ("report-az", "https://report.az/ru/vneshnyaya-politika/ministr-posetil-baku", "ru"),
    ("caliber", "https://caliber.az/post/ministr-posetil-baku", "ru"),
    ("caliber", "https://caliber.az/en/post/minister-visits-baku", "en"),
    ("ekosular", "https://ekosular.az/en/xeberler/yeni-f%C9%99sil", "en"),
    ("ekosular", "https://ekosular.az/xeberler/su-ehtiyatlari", "az"),
    ("day-az", "https://news.day.az/azerinews/1712346.html", "az"),
    ("day-az", "https://news.day.az/politics/1712346.html", "ru"),
    ("kazinform", "https://www.inform.kz/en/minister-visits-baku_a3912345", "en"),
    ("kazinform", "https://www.inform.kz/ministr-posetil-baku_a3912346", "ru"),
    ("kazinform", "https://kaz.inform.kz/news/ministr-bakude-1a2b3d", "kk"),
    ("24kg", "https://24.kg/english/345678_Minister_arrives_in_Baku/", "en"),
    ("24kg", "https://24.kg/ekonomika/345680_ministr/", "ru"),
    ("gazeta-uz", "https://www.gazeta.uz/oz/2026/03/01/boku/", "uz"),
    ("turkmenistan-gov", "https://turkmenistan.gov.tm/tk/habar/91235/ministr-bakuda", "tk"),
    ("qafqazinfo", "https://qafqazinfo.az/news/detailru/-512346", "ru"),
    ("spot-uz", "https://www.spot.uz/about", None),
    ("azernews", "https://www.azernews.az/nation/251234.html", "en"),
)
