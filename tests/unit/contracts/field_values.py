"""Values that the fields of requests must take, and values that they must refuse."""

from __future__ import annotations

from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from tests import cultures

UUID_7 = "019cb000-2222-7333-8444-555555555555"
UUID = "11111111-2222-5333-8444-555555555555"
LETTERS = "7db51c22-d5e3-5f51-890d-8bb1ea6ea4d5"
NOT_PLAIN_NUMBERS = [
    *("-1", "+1", "1e5", "1E5", "NaN", "nan", "Infinity", "inf", "01", "00", "1.", ".5", ".", "1..0", "1.0.0"),
    *(
        " 1",
        "1 ",
        "1\n",
        "\n1",
        "1\x00",
        "\t1",
        "1,000",
        "1,5",
        "1_000",
        "0x10",
        "١٢",
        "१",
        "\uff11",
        "½",
        "--1",
        "abc",
    ),
]
ZEROS = ["0", "0.0", "0.00"]

AMOUNTS = (
    ["0.01", "0.1", "1", "1.5", "1.00", "250.00", "999999.99", "1000000", "1000000.0", "1000000.00"],
    ["", *ZEROS, *NOT_PLAIN_NUMBERS, "0.001", "1.005", "1.000", "1000000.01", "1000001", "9999999", "1" * 400],
)
CASH = (
    ["0", "0.00", "0.01", "1", "1.5", "1000000.01", "999999999999.99"],
    ["", *NOT_PLAIN_NUMBERS, "0.001", "1.000", "1000000000000", "1" * 400],
)
QUANTITIES = (
    ["0.00000001", "0.1", "1", "1.00000000", "10.5", "999999999999", "999999999999.99999999"],
    ["", *ZEROS, "0.00000000", *NOT_PLAIN_NUMBERS, "0.000000001", "1.123456789", "1000000000000", "1" * 400],
)
PRICES = (
    ["", "0.00000001", "1", "100000.00", "999999999", "999999999.99999999"],
    [*ZEROS, "0.00000000", *NOT_PLAIN_NUMBERS, "0.000000001", "1000000000", "1" * 400],
)
PERCENTS = (
    ["", "0.0", "0.5", "0.0001", "9", "99.9999", "100", "100.0000"],
    [*NOT_PLAIN_NUMBERS, "0.00001", "100.0001", "100.1", "101", "1000", "5%"],
)
ASSETS = (
    ["A", "BTC", "1INCH", "ABCDEFGHIJKL"],
    [
        "",
        "btc",
        "BTC ",
        " BTC",
        "BTC\n",
        "B-C",
        "B#C",
        "B/C",
        "../BTC",
        "ABCDEFGHIJKLM",
        "\u0411TC",
        "\uff22\uff34\uff23",
        "١٢",
    ],
)
UUIDS = (
    [UUID, LETTERS],
    ["", "x", UUID[:-1], UUID + "1", UUID + "\n", UUID.replace("-", ""), "{" + UUID + "}", UUID.replace("1", "g")],
)
REQUEST_IDS = (
    ["", "r", "0", "A.b_c:d-e", UUID, "x" * 64, "ABCDEF", "01ARZ3NDEKTSV4RRFFQ69G5FAV", LETTERS.upper() + "0"],
    [
        LETTERS.upper(),
        LETTERS.replace("d", "D"),
        "x" * 65,
        "a b",
        " a",
        "a\n",
        "a/b",
        "a#b",
        "a\x1fb",
        "ä",
        "a\u200bb",
        "a,b",
    ],
)
TIMES = (
    [Timestamp(), Timestamp(seconds=1, nanos=999_999_999), Timestamp(seconds=253402300799)],
    [
        *(Timestamp(seconds=-1), Timestamp(seconds=253402300799, nanos=1), Timestamp(seconds=2**62)),
        *(Timestamp(seconds=-(2**62)), Timestamp(seconds=1, nanos=-(2**31))),
    ],
)
PAGE_SIZES = ([0, 1, 50, 200], [-1, 201, -(2**31), 2**31 - 1])
PAGE_TOKENS = (["", "x", "x" * 1024], ["x" * 1025])
USERNAMES = (
    ["abc", "Alice_1", "___", "123", "x" * 30],
    ["", "ab", "x" * 31, "a b c", "alice!", "alice\n", "alice@b", "álice", "alice\u200b", "\u0430lice", "ali\x00ce"],
)
EMAILS = (
    ["a@b.co", "Alice.B+tag@Example.org", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.org"],
    [
        *("", "a", "a@", "@b.co", "a b@c.de", "a@b c.de", "a@b.co\n", "\na@b.co", "a@@b.co", "a@b..co", "ä@b.co"),
        *("ann@münchen.de", "\u0430@b.co", "a@b.co\u200b"),
        *("Ann <a@b.co>", "a@b.co,c@d.ef", "a\x00@b.co", "a@-b.co", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.org"),
    ],
)
PASSWORDS = (
    ["twelve chars", "x" * 72, "é" * 36, "é" * 12, "👍" * 12, "👍" * 18, " " * 12, "tab\tand\nnewline"],
    [
        "",
        "eleven char",
        "é" * 11,
        "👍" * 11,
        "x" * 73,
        "é" * 36 + "x",
        "👍" * 18 + "x",
        "€" * 25,
        "twelve\0chars",
        "x" * 9999,
    ],
)
NAMES = (
    [*cultures.NAMES, "x" * 50],
    [
        *("", " ", "\u00a0", "'", "''t", "' t", "-Ann", "/Ann", "Ann1", "1/2", "Ann\n", "A\nB", "A\tB", "A\u202eB"),
        *("A\u200bB", "\u200b", "A\ufeffB", "A\x00B", "A<b>", "A;B", "A,B", "A_B", "A@b", "👍", "x" * 51),
        *("\u200cAnn", "Ann\u200c", "Ann\u200d", "A\u200c\u200cB", "A \u200cB", "A\u200c B", "A\u200d-B", " \u200dA"),
        *("\u3164", "A\u3164", "A\u034fB", "\u0301", "\u0301A", "A\ufe0f", "A\U000e0100", "\u115f\u1160", "A\u180eB"),
    ],
)
PHONES = (
    list(cultures.PHONES),
    [
        *("+123456", "+1234567890123456", "14155550100", "(415) 555-0100", "030 123456", "0123456789", "+", "00", "+-"),
        *("+1415555010a", "+14155550100\n", "tel:+14155550100", "+1 415 555 0100 ext. 5", "+1+4155550100", " "),
        *("+44 (0)20 7946 0018", "+1" + " " * 40 + "4155550100", "+1\t4155550100", "++14155550100"),
    ],
)
DATES = (
    ["", "1990-12-31", "1900-01-01", "2099-01-01"],
    [
        "1990-1-1",
        "90-12-31",
        "1990-13-01",
        "1990-00-10",
        "1990-12-32",
        "1990-12-00",
        "1899-12-31",
        "31.12.1990",
        "19901231",
        "1990-12-31T00:00:00Z",
        "1990-12-31\n",
        " 1990-12-31",
        "١٩٩٠-١٢-٣١",
    ],
)

INCREMENTS = (
    ["0.00000001", "0.001", "0.1", "1", "10", "1000000"],
    ["", *ZEROS, *NOT_PLAIN_NUMBERS, "0.2", "0.011", "0.10", "2", "1.0", "10000000", "0.000000001"],
)
WATCHED: tuple[list[Any], list[Any]] = (
    [[], ["BTC"], [f"A{number}" for number in range(50)]],
    [["BTC", "BTC"], ["btc"], [""], [f"A{number}" for number in range(51)]],
)

# field: (good, bad); Message.field where the rule is that of one message only
RULES: dict[str, tuple[list[Any], list[Any]]] = {
    "amount": AMOUNTS,
    **{f"{trade}TradeRequest.amount": CASH for trade in ("Settle", "Void")},
    **{
        f"{move}StockRequest.{name}": (["", *CASH[0]], CASH[1][1:])
        for move in ("Take", "Return")
        for name in ("amount", "fee")
    },
    "quantity": QUANTITIES,
    "limit_price": PRICES,
    "asset_id": ASSETS,
    "ListOrdersRequest.asset_id": (["", *ASSETS[0]], ASSETS[1][1:]),
    "user_id": UUIDS,
    "order_id": UUIDS,
    "GetOrderRequest.order_id": ([UUID, "x", "x" * 64], ["", "x" * 65]),
    "request_id": REQUEST_IDS,
    "GetOrderByRequestIdRequest.request_id": ([UUID, UUID.upper(), "x", "x" * 64], ["", "x" * 65]),
    "transaction_type": ([0, 1, 2, 3, 4], [5, -1, 2**31 - 1]),
    "start_time": TIMES,
    "end_time": TIMES,
    "show_inactive": ([True, False], []),
    "confirm_inactive": ([True, False], []),
    "catalogue_version_min": ([0, 1, 10**12], [-1, 10**12 + 1, 2**63 - 1]),
    "preview_id": (["", "x", "x" * 1024], ["x" * 1025]),
    "page_size": PAGE_SIZES,
    "page_token": PAGE_TOKENS,
    "username": USERNAMES,
    "LoginRequest.username": (["a", "x" * 254, "who ever"], ["", "x" * 255]),
    "email": EMAILS,
    "password": PASSWORDS,
    "LoginRequest.password": (["x", "x" * 512, "é" * 256], ["", "x" * 513, "é" * 257]),
    "current_password": (["x", "x" * 512, "é" * 256], ["", "x" * 513, "é" * 257]),
    "new_password": PASSWORDS,
    "refresh_token": (["", "x", "x" * 512], ["x" * 513, "é" * 257]),
    "LoginRequest.refresh_token": (["", "x", "x" * 512], ["x" * 513]),
    "session_id": UUIDS,
    "since_ms": ([0, 1, 253402300799999], [-1, 253402300800000]),
    "first_name": NAMES,
    "last_name": NAMES,
    "phone": PHONES,
    "date_of_birth": DATES,
    "marketing_emails_consent": ([True, False], []),
    "remember_me": ([True, False], []),
    "search": (["", "x", "%", "é" * 50], ["x" * 51, "é" * 51]),
    "category": (["", "defi", "layer-1", "x" * 40], ["x" * 41, "DeFi", "layer 1", "layer_1", "defi\n", "é"]),
    "sort": ([0, 1, 2, 3, 4], [5, -1, 2**31 - 1]),
    "side": ([1, 2], [0, 3, -1]),
    "ListOrdersRequest.side": ([0, 1, 2], [3, -1]),
    "type": ([0, 1], [2, 3, -1]),
    "status": ([0, 1, 3, 4], [2, 5, 6, 7, -1]),
    "reason": ([1, 2], [0, 3, -1]),
    "event_id": ([UUID_7], ["", "x", UUID, UUID_7 + "1", UUID_7 + "\n", UUID_7.upper(), UUID_7.replace("-8", "-c")]),
    "event": (["ASSET_CREATED", "ORDER_RELEASED"], ["", "SIGN_IN", "ROLE_CHANGE", "asset_created", "ANYTHING"]),
    "outcome": (["DONE", "INTENDED", "ASSET_EXISTS", "A" * 64], ["", "done", "_A", "1A", "A B", "DONE\n", "A" * 65]),
    "RecordRefusalRequest.actor_id": (["", UUID], UUIDS[1][1:]),
    "method": (
        ["/cnop.order.v1.OrderAdminService/ReleaseOrder", "/a/b", f"/{'a' * 100}/{'b' * 100}"],
        ["", "/", "/a", "a/b", "//b", "/a/b/c", "/a/b\n", "/a b/c", "/é/b", f"/{'a' * 101}/b", f"/a/{'b' * 101}"],
    ),
    "subject": (
        ["asset:BTC", f"order:{UUID}", f"user:{UUID}", "a" * 20 + ":" + "x" * 64],
        ["", "BTC", "asset:", ":BTC", "Asset:BTC", "asset:B C", "asset:BTC\n", "asset:" + "x" * 65],
    ),
    "actor_id": UUIDS,
    "ListAuditEventsRequest.user_id": (["", UUID], UUIDS[1][1:]),
    "ListAuditEventsRequest.actor_id": (["", "operator", UUID], [*UUIDS[1][1:], "operators"]),
    "client_address": (["", "192.0.2.7", "2001:db8::1"], ["x" * 65]),
    "user_agent": (["", "curl/8.5.0", "x" * 256], ["x" * 257]),
    "facts": (
        [{}, {"price": "1.00"}, {"a_b": "x" * 256}],
        [{"": "x"}, {"Price": "1"}, {"a-b": "1"}, {"a" * 41: "1"}, {"a": "x" * 257}],
    ),
    "name": (
        ["X", "Bitcoin", "USD Coin (Bridged)", "0x", "Gas & Co. / Ether+", "Nguyễn's", "x" * 50],
        ["", " x", "x\n", "<b>", "a_b", "a\u200bb", "a\x00b", "x" * 51],
    ),
    "description": (["", "One. Two, three: 4!", "é" * 1000], ["x" * 1001, "a\nb", "a\x00b", "a\u200bb", "a\u202eb"]),
    "CreateAssetRequest.category": (["defi", "layer-1"], ["", "DeFi", "x" * 41]),
    "UpdateAssetRequest.category": (["defi", "layer-1"], ["", "DeFi", "x" * 41]),
    "price_usd": ([price for price in PRICES[0] if price], ["", *PRICES[1]]),
    "market_cap_rank": ([0, 1, 1_000_000], [-1, 1_000_001]),
    "circulating_supply": (
        ["0", "1", "19850000", "999999999999999.99999999"],
        ["", *NOT_PLAIN_NUMBERS, "1000000000000000", "0.000000001"],
    ),
    "max_supply": (["", "1", "21000000", "0.00000001"], ["0", "0.0", *NOT_PLAIN_NUMBERS, "1000000000000000"]),
    "image": (
        ["", "https://example.org/a.png?x=1", "https://" + "a" * 492],
        ["http://example.org", "javascript:alert(1)", "https://", "https://a b", 'https://a"b', "https://" + "a" * 493],
    ),
    "is_active": ([True, False], []),
    "is_halted": ([True, False], []),
    "trading_status": ([1, 2, 3], [0, 4, -1]),
    "interval": (["", "1m", "1h", "1d"], ["1M", "5m", "1h ", "60", "d"]),
    "ListCandlesRequest.page_size": ([0, 1, 1000], [-1, 1001]),
    "min_interval_ms": ([0, 250, 60_000], [-1, 1, 249, 60_001]),
    "resume_seq": ([0, 1, 2**62 - 1], [-1, 2**62]),
    "WatchPricesRequest.asset_ids": WATCHED,
    "WatchRequest.asset_ids": WATCHED,
    "username_prefix": (["", "a", "Al_1", "x" * 30], ["x" * 31, "a b", "a%", "é", "a\n"]),
    "ListUsersRequest.email": (["", "a@b.co"], EMAILS[1][1:]),
    "DisableUserRequest.reason": (["", "fraud; see case 7", "é" * 200], ["x" * 201, "a\nb", "a\x00b"]),
    "EnableUserRequest.reason": (["", "a mistake", "é" * 200], ["x" * 201, "a\nb", "a\x00b"]),
    "asset_ids": (
        [["BTC"], ["BTC"] * 1000],
        [[], ["BTC"] * 1001, ["btc"], ["BTC", ""], ["BTC", "BTC\n"]],
    ),
}
# Values for fields that are not listed above, by the shared rule they use.
SHARED: dict[str, tuple[list[Any], list[Any]]] = {
    "uuid": UUIDS,
    "asset_id": ASSETS,
    "quantity": QUANTITIES,
    "amount": AMOUNTS,
    "cash": CASH,
    "price": ([price for price in PRICES[0] if price], ["", *PRICES[1]]),
    "increment": INCREMENTS,
}
