export { restart as reconnect, startLive } from "./connection";
export type { Connection } from "./connection";
export {
  useAllPrices,
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
export type { Market, Tick } from "./prices";
