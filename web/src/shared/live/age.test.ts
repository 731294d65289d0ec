import { expect, test } from "vitest";

import { elapse, hear, opened, prices, setHidden, start, watchBtc } from "./testStreams";

const NO_ORDERS = { orders: { kind: "SNAPSHOT", orders: [], end_reason: "" } };

test("prices are stale from the return of a hidden tab until new ones come", async () => {
  const live = await watchBtc();
  await hear(live);
  expect(live.arePricesOld.get()).toBe(false);
  setHidden(true);
  await elapse(31_000);

  setHidden(false);
  await elapse(100);
  expect(live.connection.get().status).toBe("connecting");
  expect(live.arePricesOld.get()).toBe(true);

  await hear(live, prices(2));
  expect(live.arePricesOld.get()).toBe(false);
});

test("there are no stale prices before there are any", async () => {
  const live = await watchBtc();
  await elapse(10_000);
  expect(live.connection.get().status).toBe("connecting");
  expect(live.arePricesOld.get()).toBe(false);
});

test("a stream that brings prices keeps them from being stale, however seldom they change", async () => {
  const live = await watchBtc();
  await hear(live);
  await elapse(20_000);
  expect(live.arePricesOld.get()).toBe(false);
});

test("prices are stale after a page with orders alone, until the stream with prices brings some", async () => {
  const live = await start(true);
  const leave = live.want(["BTC"], live.interestChanged);
  await elapse(100);
  await hear(live, { prices: prices(1) });
  leave();
  await elapse(3_100);
  expect(opened.at(-1)?.url.pathname).toBe("/api/v1/orders:watch");
  await hear(live, NO_ORDERS.orders);
  await elapse(30_000);
  await hear(live, NO_ORDERS.orders);

  live.want(["BTC"], live.interestChanged);
  await elapse(100);
  expect(opened.at(-1)?.url.pathname).toBe("/api/v1/watch");
  expect(live.arePricesOld.get()).toBe(true);
  await hear(live, NO_ORDERS);
  expect(live.arePricesOld.get()).toBe(true);

  await hear(live, { prices: prices(2) });
  expect(live.arePricesOld.get()).toBe(false);
});

test("prices that were new when another stream was opened are stale when that brings none for 5 s", async () => {
  const live = await watchBtc(true);
  await hear(live, { prices: prices(1) });
  live.want(["ETH"], live.interestChanged);
  await elapse(1_000);
  expect(opened.at(-1)?.url.search).toContain("ETH");
  await hear(live, NO_ORDERS);
  expect(live.arePricesOld.get()).toBe(false);

  await elapse(4_500);
  expect(live.arePricesOld.get()).toBe(true);

  await hear(live, { prices: prices(2) });
  expect(live.arePricesOld.get()).toBe(false);
});
