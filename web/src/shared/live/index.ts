export { restart as reconnect, startLive } from "./connection";
export type { Connection } from "./connection";
export {
  useAllPrices,
  useArePricesOld,
  useConnection,
  useMarket,
  useOrderEvents,
  usePrice,
  usePrices,
  usePricesAsOf,
  useSampledPrices,
  useTradingStatus,
  usePricesReceivedAt,
} from "./hooks";
export { isTold, tellOutcome } from "./orders";
export type { Market, Tick } from "./prices";
