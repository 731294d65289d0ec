"""Names and telephone numbers of people of many cultures, as they type them and as they are stored."""

from __future__ import annotations

NAMES = {
    **{
        name: name
        for name in (
            *("A", "Ann", "O'Neil", "O’Neil", "'t Hooft", "’t Hooft", "‘t Hooft", "van 't Hoff", "Jean-Luc", "Jr."),
            *("María José", "Łukasz", "Zoë", "Þórr", "St. John", "Nguyễn Thị Ánh", "Ngu\u0323ye\u0302n", "Kaʻiulani"),
            *("王小明", "Gal·la", "ジョン・スミス", "각하", "Jean\u2010Luc", "Ramasamy a/l Krishnan", "Νίκος", "ก้อง"),
            *("בן\u05beגוריון", "ז\u05f3בוטינסקי", "محمد", "Дми́трий", "བསྟན\u0f0bའཛིན", "Ս\u0561րգսյան", "ዮሐንስ"),
            # ZWNJ and ZWJ in Persian, Sinhala, Bengali and, also at the end, Malayalam
            *("علی\u200cرضا", "ශ\u0dca\u200dරී", "র\u200d\u09cdয", "അനില\u0d4d\u200d"),
            *("葛\U000e0100城", "神\ufe00谷"),  # variants of ideographs
        )
    },
    " Ann": "Ann",
    "Ann ": "Ann",
    "\u00a0María  José\u3000": "María José",
    "山田\u3000太郎": "山田 太郎",
}

PHONES = {
    "": "",
    "+14155550100": "+14155550100",
    "+1234567": "+1234567",
    "+123456789012345": "+123456789012345",
    "+1 (415) 555-0100": "+14155550100",
    "001 415 555 0100": "+14155550100",
    "00 49 30 / 123456": "+4930123456",
    "(+49) 30 123456": "+4930123456",
    "+39 06 1234567": "+39061234567",
    "+33.1.23.45.67.89": "+33123456789",
    "+44\u00a020\u00a07946\u00a00018": "+442079460018",
    "+81–3–1234−5678": "+81312345678",
    "+81（3）1234－5678": "+81312345678",
    "\u202a+49 30 123456\u202c": "+4930123456",  # as address books copy it
    "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧": "+966501234567",
    "+९१ ९८७६५ ४३२१०": "+919876543210",
    "＋８１ ３ １２３４ ５６７８": "+81312345678",
}
