import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { Schemas } from "@/shared/api";
import { useStore } from "@/shared/lib";

import { arePricesOld } from "./age";
import { connection, interestChanged } from "./connection";
import type { Connection } from "./connection";
import { subscribeOrders } from "./orders";
import { asOf, market, receivedAt, subscribeTick, tickOf } from "./prices";
import type { Market, Tick } from "./prices";
import { want } from "./wanted";

/** The live price of an asset; undefined until it has come. Only this component renders when it changes. */
export function usePrice(assetId: string): Tick | undefined {
  useEffect(() => want([assetId], interestChanged), [assetId]);
  const subscribe = useCallback((listener: () => void) => subscribeTick(assetId, listener), [assetId]);
  return useSyncExternalStore(subscribe, () => tickOf(assetId));
}

/** The live prices of some assets, for sums. The component renders whenever one of them changes. */
export function usePrices(assetIds: readonly string[]): ReadonlyMap<string, Tick> {
  const key = assetIds.join();
  const ids = useMemo(() => (key === "" ? [] : key.split(",")), [key]);
  useEffect(() => (ids.length > 0 ? want(ids, interestChanged) : undefined), [ids]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = ids.map((id) => subscribeTick(id, listener));
      return () => stops.forEach((stop) => stop());
    },
    [ids],
  );
  const shown = useRef<{ ids: readonly string[]; map: ReadonlyMap<string, Tick> }>({ ids: [], map: new Map() });
  return useSyncExternalStore(subscribe, () => {
    const { map } = shown.current;
    if (shown.current.ids !== ids || ids.some((id) => map.get(id) !== tickOf(id))) {
      shown.current = { ids, map: sampleOf(ids) };
    }
    return shown.current.map;
  });
}

/** What may be done with an asset; undefined until it is known. Renders only when that changes. */
export function useTradingStatus(assetId: string): Tick["status"] | undefined {
  useEffect(() => want([assetId], interestChanged), [assetId]);
  const subscribe = useCallback((listener: () => void) => subscribeTick(assetId, listener), [assetId]);
  return useSyncExternalStore(subscribe, () => tickOf(assetId)?.status);
}

/** The prices of some assets every few seconds, for an order of rows or for shares, which need not follow each tick. */
export function useSampledPrices(assetIds: readonly string[], everyMs = 5_000): ReadonlyMap<string, Tick> {
  const key = assetIds.join();
  const ids = useMemo(() => (key === "" ? [] : key.split(",")), [key]);
  const [sample, setSample] = useState(() => sampleOf(ids));
  useEffect(() => (ids.length > 0 ? want(ids, interestChanged) : undefined), [ids]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let takenAtMs = -Infinity;
    const take = (): void => {
      timer = undefined;
      takenAtMs = Date.now();
      setSample(sampleOf(ids));
    };
    const hear = (): void => {
      timer ??= setTimeout(take, Math.max(0, takenAtMs + everyMs - Date.now()));
    };
    const stops = ids.map((id) => subscribeTick(id, hear));
    hear();
    return () => {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [ids, everyMs]);
  return sample;
}

function sampleOf(ids: readonly string[]): ReadonlyMap<string, Tick> {
  return new Map(
    ids.map((id) => [id, tickOf(id)] as const).filter((pair): pair is [string, Tick] => pair[1] !== undefined),
  );
}

/** Keeps the prices of all assets coming, for a page that lists them. */
export function useAllPrices(): void {
  useEffect(() => want("all", interestChanged), []);
}

/** Whether all trading is halted, prices are stale, and where they come from. */
export function useMarket(): Market {
  return useStore(market);
}

/** The time of the newest prices in milliseconds; 0 before there are any. It changes several times a second. */
export function usePricesAsOf(): number {
  return useStore(asOf);
}

/** When the newest prices came, by the clock of this device; 0 before there are any. For their age. */
export function usePricesReceivedAt(): number {
  return useStore(receivedAt);
}

/** Whether the prices on the page are old, and new ones have not come yet. */
export function useArePricesOld(): boolean {
  return useStore(arePricesOld);
}

export function useConnection(): Connection {
  return useStore(connection);
}

/** Calls back with the orders of the user that have changed. */
export function useOrderEvents(listener: (orders: readonly Schemas["Order"][]) => void): void {
  const hear = useEffectEvent(listener);
  useEffect(() => subscribeOrders((orders) => hear(orders)), []);
}
