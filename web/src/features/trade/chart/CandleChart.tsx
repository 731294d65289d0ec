import { CandlestickSeries, CrosshairMode, createChart, TickMarkType } from "lightweight-charts";
import type { CandlestickData, IChartApi, ISeriesApi, UTCTimestamp } from "lightweight-charts";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

import { usePrice, usePricesAsOf } from "@/shared/live";
import { Big, decimal, priceDecimals } from "@/shared/numbers";
import type { Formats } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";

import { goOn, startOf } from "./candles";
import type { Candle, Interval } from "./candles";
import { colorsAt, useColorsKey } from "./theme";
import type { Colors } from "./theme";

interface CandleChartProps {
  readonly assetId: string;
  readonly candles: readonly Candle[];
  readonly interval: Interval;
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
}

interface Shown {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<"Candlestick">;
  last: Candle | undefined;
}

const BAR_PX = 8;

/** The candles on a canvas. It shows floating-point numbers; amounts are never taken from it. */
export function CandleChart({ assetId, candles, interval, label }: CandleChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<Shown>(undefined);
  const formats = useFormats();
  const colorsKey = useColorsKey();
  const shiftMs = shiftOf(candles, interval, formats);
  const tick = usePrice(assetId);
  const asOfMs = usePricesAsOf();

  useEffect(() => {
    if (box.current === null) {
      return;
    }
    // The attribution is in the footer: the logo of the library is made by innerHTML, which Trusted Types forbid.
    const chart = createChart(box.current, { autoSize: true, layout: { attributionLogo: false } });
    shown.current = { chart, series: chart.addSeries(CandlestickSeries), last: undefined };
    return () => {
      shown.current = undefined;
      chart.remove();
    };
  }, []);

  useEffect(() => {
    if (box.current !== null && shown.current !== undefined) {
      paint(shown.current, colorsAt(box.current));
    }
  }, [colorsKey]);

  useEffect(() => {
    shown.current?.chart.applyOptions(words(formats, interval, shiftMs));
  }, [formats, interval, shiftMs]);

  useEffect(() => {
    if (shown.current !== undefined) {
      fill(shown.current, candles, shiftMs);
    }
  }, [candles, shiftMs]);

  useEffect(() => {
    const bars = Math.floor((box.current?.clientWidth ?? 0) / BAR_PX);
    shown.current?.chart.timeScale().setVisibleLogicalRange({ from: candles.length - bars, to: candles.length + 3 });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- later candles must not move what the user looks at
  }, [interval]);

  useEffect(() => {
    const { current } = shown;
    const next = current?.last && tick && asOfMs > 0 ? goOn(current.last, tick.price, asOfMs, interval) : undefined;
    if (current !== undefined && next !== undefined) {
      current.last = next;
      current.series.update(barOf(next, shiftMs));
    }
  }, [tick, asOfMs, interval, shiftMs, candles]);

  return <div ref={box} role="img" aria-label={label} dir="ltr" className="isolate h-full w-full" />;
}

function fill(shown: Shown, candles: readonly Candle[], shiftMs: number): void {
  const decimals = priceDecimals(decimal(candles.at(-1)?.close) ?? new Big(1));
  shown.series.applyOptions({ priceFormat: { type: "custom", minMove: 10 ** -decimals } });
  shown.series.setData(candles.map((candle) => barOf(candle, shiftMs)));
  shown.last = candles.at(-1);
}

function barOf(candle: Candle, shiftMs: number): CandlestickData<UTCTimestamp> {
  return {
    time: ((startOf(candle) + shiftMs) / 1000) as UTCTimestamp,
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
  };
}

/** The axis is in UTC: to show another zone, times are shifted. All by the same, or hours would come twice in autumn. */
function shiftOf(candles: readonly Candle[], interval: Interval, { zone }: Formats): number {
  const last = candles.at(-1);
  const isShifted = zone === "local" && interval !== "1d" && last !== undefined; // days are those of UTC
  return isShifted ? -new Date(startOf(last)).getTimezoneOffset() * 60_000 : 0;
}

function paint({ chart, series }: Shown, { panel, line, edge, mute, accent, up, down }: Colors): void {
  chart.applyOptions({
    layout: {
      background: { color: panel },
      textColor: mute,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { color: edge, labelBackgroundColor: accent },
      horzLine: { color: edge, labelBackgroundColor: accent },
    },
  });
  series.applyOptions({
    ...{ upColor: panel, borderUpColor: up, wickUpColor: up }, // rising ones are hollow: the colour is not needed
    ...{ downColor: down, borderDownColor: down, wickDownColor: down },
    priceLineColor: mute,
  });
}

/** How the axes and the crosshair write prices and times. */
function words(formats: Formats, interval: Interval, shiftMs: number): object {
  const { locale } = formats;
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  const marks: Partial<Record<TickMarkType, Intl.DateTimeFormat>> = {
    [TickMarkType.Year]: year,
    [TickMarkType.Month]: month,
    [TickMarkType.DayOfMonth]: day,
  };
  return {
    localization: {
      locale,
      priceFormatter: (price: number) => formats.price(price.toFixed(10)),
      timeFormatter: (seconds: number) => {
        const atMs = seconds * 1000 - shiftMs;
        return interval === "1d" ? day.format(atMs) : formats.dateTime(atMs);
      },
    },
    timeScale: {
      timeVisible: interval !== "1d",
      secondsVisible: false,
      tickMarkFormatter: (seconds: number, type: TickMarkType) => (marks[type] ?? time).format(seconds * 1000),
    },
  };
}
