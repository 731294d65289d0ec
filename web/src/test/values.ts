/** Values that fields of forms may get: usual ones, wrong ones, those at the borders of the rules, and strange letters. */

const LENGTHS = [
  ...[1, 2, 3, 4, 10, 11, 12, 13, 15, 24, 25, 29, 30, 31, 36, 37, 39, 40, 41, 49, 50, 51, 63, 64, 65, 71, 72, 73],
  ...[199, 200, 201, 253, 254, 255, 499, 500, 501, 511, 512, 513, 999, 1000, 1001],
];
const LETTERS = ["a", "A", "1", "é", "漢", "\u{1f600}", "e\u0301"];
const BETWEEN = " ¦ ";

function list(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(BETWEEN));
}

function long(letter: string): readonly string[] {
  return LENGTHS.map((length) => letter.repeat(length));
}

const EMAILS = list(
  "ada@example.com ¦ ada.lovelace+news@mail.example.co.uk ¦ a@b ¦ a@b.c ¦ ada@localhost ¦ ada@xn--mnchen-3ya.de",
  "ada@münchen.de ¦ adä@example.com ¦ ada ¦ ada@ ¦ @example.com ¦ ada@@example.com ¦ a b@example.com",
  "ada@example..com ¦ .ada@example.com ¦ ada.@example.com ¦ a..b@example.com ¦ ada@-example.com",
  "ada@example-.com ¦ ada@example.com. ¦ ada@.example.com ¦ ada@[127.0.0.1] ¦ ada@127.0.0.1",
  '"ada l"@example.com ¦ "ada"@example.com ¦ ada@exam_ple.com ¦ ada@example.c ¦ ada@example.123 ¦ ada@1.2',
  "ada(x)@example.com ¦ ada,b@example.com ¦ ada;b@example.com ¦ a!#$%&'*+/=?^_`{|}~-@example.com",
  "ada\\b@example.com ¦ <ada@example.com> ¦ Ada <ada@example.com> ¦ mailto:ada@example.com ¦ ada@example.com ",
  " ada@example.com ¦ ada@example.com\n ¦ ada@exa mple.com ¦ ada@example,com ¦ ada@example/com ¦ ada@a:b",
);
const NAMES = list(
  "Ada ¦ O'Brien ¦ \u2019t Hooft ¦ Jean-Luc ¦ Mary Ann ¦ José ¦ Jose\u0301 ¦ Владимир ¦ 李小龍",
  "\u0645\u062d\u0645\u062f ¦ \u0930\u093e\u092e ¦ N'Golo ¦ Dr. No ¦ A/B ¦ -Ada ¦ .Ada ¦  Ada ¦ Ada  ¦ Ada1",
  "1Ada ¦ Ada\t ¦ Ada\u00a0L ¦ Ada\u200bL ¦ \u0627\u200c\u0628 ¦ a\u200d ¦ \u200da ¦ \u0915\u094d\u200d\u0937",
  "a\u200db ¦ e\u0301\u200db ¦ ''Ada ¦ ' ¦ \u2019 ¦ Ada\u2019s ¦ Ada\u2018s ¦ Ada\uff07 ¦ \u3164 ¦ a\u3164",
  "a\u034f ¦ a\ufe0f ¦ 漢\ufe00 ¦ 漢\u{e0100} ¦ a\u{e0100} ¦ \u{1f600} ¦ Ada \u{1f600} ¦ a\u202eb ¦ \u0301a ¦ a·b",
  "a\u30fbb ¦ a\u05beb ¦ a\u05f3b ¦ a\u05be ¦ a\u0f0bb ¦ a\u2010b ¦ a\u2011b ¦ a\u2012b ¦ a\u00adb ¦ \u3000Ada",
  "Bitcoin ¦ 0x ¦ USD Coin (Arbitrum) & Co./+ ¦ (x) ¦ a_b ¦ a,b ¦ a:b ¦ \ufb01 ¦ ſ ¦ K ¦ Å ¦ \u1e9e ¦ ß ¦ İ ¦ ı",
  "\u{1d49c} ¦ \u{10400} ¦ \u{20000}",
);
const PHONES = list(
  "+1 415 555 0100 ¦ +14155550100 ¦ 0014155550100 ¦ 4155550100 ¦ +1234567 ¦ +123456 ¦ +123456789012345",
  "+1234567890123456 ¦ +44 (0)20 7946 0958 ¦ +44 (20) 7946 0958 ¦ +49-30-901820",
  "\uff0b\uff14\uff19\uff13\uff10\uff19\uff10\uff11\uff18\uff12\uff10",
  "+\u0664\u0669\u0663\u0660\u0669\u0660\u0661\u0668\u0662\u0660 ¦ ++1234567 ¦ +1234567x9 ¦ + 1 2 3 4 5 6 7",
  "(+1) 4155550100 ¦ +1.415.555.0100 ¦ +1/4155550100 ¦ \u202a+14155550100\u202c ¦ +1\u00a0415\u00a05550100",
  "+1\t4155550100 ¦ tel:+14155550100 ¦ + ¦ 00 ¦ 00 1 234 567 ¦ +1234567  ¦  +1234567 ¦ +1234567\n ¦ +1(0)234567",
  "+1( 0 )234567 ¦ +\u0967\u0968\u0969\u096a\u096b\u096c\u096d ¦ +1\u20102\u20113\u20124\u20135\u20146\u20157",
  "+1\u22122345678 ¦ +1                                        234567",
);
const DATES = list(
  "1990-12-31 ¦ 1900-01-01 ¦ 1899-12-31 ¦ 2099-12-31 ¦ 2100-01-01 ¦ 1990-02-29 ¦ 1990-02-30 ¦ 2000-02-29",
  "1990-04-31 ¦ 1990-13-01 ¦ 1990-00-10 ¦ 1990-01-00 ¦ 1990-01-32 ¦ 1990-1-1 ¦ 19900101 ¦ 31.12.1990",
  "1990/12/31 ¦ 1990-12-31T00:00:00Z ¦  1990-12-31 ¦ 1990-12-31\n ¦ \uff11\uff19\uff19\uff10-12-31",
);
const NUMBERS = list(
  "0 ¦ 00 ¦ 0.0 ¦ 0.00 ¦ 0.000000001 ¦ 0.00000001 ¦ 0.0000001 ¦ 0.00000010 ¦ 0.001 ¦ 0.01 ¦ 0.010 ¦ 0.1 ¦ 0.10",
  "0.05 ¦ 0.99 ¦ 1 ¦ 1. ¦ .5 ¦ 1.0 ¦ 1.00 ¦ 1.5 ¦ 1.005 ¦ 1.23456789 ¦ 1.234567890 ¦ 01 ¦ -1 ¦ +1 ¦ 1e5 ¦ 1E-8",
  "1,5 ¦ 1,000 ¦ 1_000 ¦ 1 000 ¦ \u0661 ¦ \uff11 ¦ NaN ¦ Infinity ¦ 0x10 ¦ 10 ¦ 100 ¦ 1000 ¦ 10000 ¦ 100000",
  "1000000 ¦ 1000000.0 ¦ 1000000.00 ¦ 1000000.000 ¦ 1000000.01 ¦ 1000001 ¦ 10000000 ¦ 999999.99 ¦ 999999.999",
  "1000000.5 ¦ 99999999 ¦ 999999999 ¦ 999999999.99999999 ¦ 999999999.999999999 ¦ 1000000000 ¦ 99999999999",
  "999999999999 ¦ 999999999999.99999999 ¦ 1000000000000 ¦ 99999999999999 ¦ 999999999999999",
  "999999999999999.99999999 ¦ 1000000000000000 ¦ 9999999999999999 ¦ 1\n ¦ 1  ¦  1 ¦ \n1 ¦ 1\u0000 ¦ 0.5\r",
  "1\u2028",
);
const IDS = list(
  "BTC ¦ btc ¦ BtC ¦ A-B ¦ 1INCH ¦ BTC  ¦ layer-1 ¦ Layer-1 ¦ defi ¦ a_b ¦ page_1 ¦ ada_l ¦ ada-l ¦ ada.l ¦ ad",
  "ädä ¦ 5f0e2d7c-1111-4222-8333-444455556666 ¦ 5F0E2D7C-1111-4222-8333-444455556666",
  "5F0e2d7c-1111-4222-8333-444455556666 ¦ A ¦ a:b._- ¦ a/b ¦ a b",
);
const URLS = list(
  "https://example.com/a.png ¦ http://example.com/a.png ¦ https:// ¦ https://a ¦ https://exa mple.com",
  "https://exämple.com/ ¦ HTTPS://example.com ¦ https://example.com/' ¦ https://example.com/\"",
  "https://example.com/< ¦ https://[::1]/a ¦ javascript:alert(1) ¦ https://a/%20 ¦ https://a\n ¦ data:,",
);
const STRANGE = list(
  "\u0000 ¦ a\u0000 ¦ a\nb ¦ a\r\nb ¦ a\tb ¦ \u001f ¦ a\u007fb ¦ a\u0085b ¦ a\u00adb ¦ a\u2028b ¦ a\u2029b",
  "a\u200bb ¦ a\ufeffb ¦ \ufeffa ¦ a\ue000b ¦ a\u{f0000}b ¦ a\u0378b ¦ a\uffffb ¦ a\u{1f9ff}b",
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} ¦ \u{1f1e9}\u{1f1ea} ¦   ¦ \u00a0 ¦   a   ¦ violet-anchor-47-lamp",
  "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44 ¦ twelve\u0000chars ¦ eleven char",
);

// At the limits of an address, of its parts, and of others.
const LONG = [
  `${"a".repeat(64)}@example.com`,
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(63)}.com`,
  `a@${"b".repeat(64)}.com`,
  `a@${"b.".repeat(120)}com`,
  `a@${`${"b".repeat(60)}.`.repeat(4)}comcomc`,
  `a@${`${"b".repeat(60)}.`.repeat(4)}comcomcom`,
  `+1${" ".repeat(40)}234567`,
  ...[491, 492, 493].map((length) => `https://${"a".repeat(length)}`),
];

export const VALUES: readonly string[] = [
  ...new Set(["", ...LETTERS.flatMap(long), ...EMAILS, ...NAMES, ...PHONES, ...DATES, ...NUMBERS, ...IDS, ...URLS]),
  ...STRANGE,
  ...LONG,
];
