/**
 * A user's first minutes by gRPC at the edge: registers, signs in, deposits, previews an order, buys, lists the orders
 * page by page, and handles errors by their reason.
 *
 *     npm run build && node dist/node.js http://localhost:8080
 */

import { Order_Side, Order_Status } from "@cnop/contracts/cnop/order/v1/order_pb";
import { createGrpcTransport } from "@connectrpc/connect-node";

import { everything, newRequestId, settled } from "../src/calls.js";
import { connect } from "../src/grpc.js";
import { watchPrices } from "../src/streams.js";
import { expectRefusal, fail } from "./refused.js";

const edge = process.argv[2] ?? "http://localhost:8080";

// src/grpc.ts gives every call a deadline, ids and, where it is safe, retries on UNAVAILABLE.
const cnop = connect((interceptors) => createGrpcTransport({ baseUrl: edge, interceptors }));

async function main(): Promise<void> {
  const username = `node_${newRequestId().slice(0, 12)}`;
  const password = newRequestId();
  const person = { firstName: "Ada", lastName: "Lovelace" };
  await cnop.auth.register({ username, email: `${username}@example.com`, password, ...person });
  await cnop.signIn(username, password);
  console.log(`signed in as ${username}`);

  // A replay with the same request id gets the first answer, and has no second effect.
  const requestId = newRequestId();
  await cnop.account.deposit({ amount: "1000.00", requestId });
  const deposit = await cnop.account.deposit({ amount: "1000.00", requestId });
  console.log(`deposited ${deposit.amount}, the balance is ${deposit.balanceAfter}`);

  const wanted = { side: Order_Side.BUY, assetId: "ADA", quantity: "10" };
  const { price, totalAmount, obstacles } = await cnop.orders.previewOrder(wanted);
  console.log(`10 ADA at ${price} would cost ${totalAmount}; obstacles: ${obstacles.join(", ") || "none"}`);

  // A stream goes on until you leave the loop; without a price that moves there is only the first message.
  for await (const { prices } of watchPrices(cnop, "ADA")) {
    console.log(`ADA is at ${prices.map(({ priceUsd }) => priceUsd).join()}`);
    break;
  }

  // Pay at most 1% more than the previewed price.
  for (const quantity of ["10", "2", "2.5"]) {
    const order = await buy({ ...wanted, quantity, expectedPrice: price, maxSlippage: "1" });
    console.log(`bought ${order.quantity} ADA for ${order.totalAmount}: ${Order_Status[order.status]}`);
  }

  // Two orders per page, with a shorter deadline than the policy's 10 seconds.
  const orders = everything(async (pageToken) => {
    const page = await cnop.orders.listOrders({ pageSize: 2, pageToken }, { timeoutMs: 2000 });
    return [page.orders, page.nextPageToken];
  });
  for await (const order of orders) {
    console.log(`order of ${order.quantity} ${order.assetId} for ${order.totalAmount}`);
  }

  await expectRefusal(() => buy({ ...wanted, quantity: "1000000" }));
  await expectRefusal(() => buy({ ...wanted, quantity: "-1", assetId: "no asset" }));
  await cnop.signOut();
  await expectRefusal(() => cnop.account.getBalance({}));
}

async function buy(wanted: Parameters<typeof cnop.orders.createOrder>[0]) {
  const request = { ...wanted, requestId: newRequestId() };
  const isPending = ({ status }: { status: Order_Status }) => status === Order_Status.PENDING;
  return settled(() => cnop.orders.createOrder(request), isPending);
}

main().catch(fail);
