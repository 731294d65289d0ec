/** Streams that go on: when one ends, it is opened again where it ended. */

import type { WatchPricesResponse } from "@cnop/contracts/cnop/inventory/v1/inventory_service_pb";
import { WatchPricesResponse_Kind } from "@cnop/contracts/cnop/inventory/v1/inventory_service_pb";
import { Code, ConnectError } from "@connectrpc/connect";

import type { Cnop } from "./grpc.js";
import { sleep } from "./core/retry.js";

const PAUSE_MS = 1000;

/**
 * Iterates over the messages about prices: first all of the assets (none given: of every asset), then what changes.
 * Leave the loop to end the stream.
 */
export async function* watchPrices(cnop: Cnop, ...assetIds: string[]): AsyncGenerator<WatchPricesResponse> {
  const stop = new AbortController(); // Connect leaves a stream open whose loop is left
  let resumeSeq = 0n;
  try {
    for (;;) {
      try {
        for await (const message of cnop.inventory.watchPrices({ assetIds, resumeSeq }, { signal: stop.signal })) {
          if (message.kind === WatchPricesResponse_Kind.END) {
            break;
          }
          resumeSeq = message.seq > 0n ? message.seq : resumeSeq;
          yield message;
        }
      } catch (error) {
        if (ConnectError.from(error).code !== Code.Unavailable) {
          throw error;
        }
        await sleep(PAUSE_MS);
      }
    }
  } finally {
    stop.abort();
  }
}
