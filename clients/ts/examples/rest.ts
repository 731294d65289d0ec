/**
 * The same as node.ts by REST, with types from the OpenAPI document (src/openapi.ts).
 *
 *     npm run build && node dist/rest.js http://localhost:8080
 */

import { everything, newRequestId, settled } from "../src/calls.js";
import { events } from "../src/events.js";
import { answer, connectRest } from "../src/rest.js";
import type { Schemas } from "../src/rest.js";
import { expectRefusal, fail } from "./refused.js";

const edge = process.argv[2] ?? "http://localhost:8080";
const cnop = connectRest(edge);

async function main(): Promise<void> {
  const username = `rest_${newRequestId().slice(0, 12)}`;
  const password = newRequestId();
  const person = { username, email: `${username}@example.com`, password, first_name: "Ada", last_name: "Lovelace" };
  await cnop.api.POST("/api/v1/auth/register", { body: person });
  await cnop.signIn(username, password);
  console.log(`signed in as ${username}`);

  const deposit = { amount: "1000.00", request_id: newRequestId() };
  await cnop.api.POST("/api/v1/balance/deposit", { body: deposit });
  const replay = answer(await cnop.api.POST("/api/v1/balance/deposit", { body: deposit }));
  console.log(`deposited ${replay.amount}, the balance is ${replay.balance_after}`);

  const wanted = { side: "BUY", asset_id: "ADA", quantity: "10" } as const;
  const preview = answer(await cnop.api.POST("/api/v1/orders:preview", { body: wanted }));
  console.log(`10 ADA at ${preview.price} would cost ${preview.total_amount}`);

  const url = new URL("/api/v1/inventory/prices:watch?asset_ids=ADA", edge);
  for await (const { prices } of events<Schemas["WatchPricesResponse"]>(url)) {
    console.log(`ADA is at ${prices.map(({ price_usd }) => price_usd).join()}`);
    break;
  }

  for (const quantity of ["10", "2", "2.5"]) {
    const order = await buy({ ...wanted, quantity, expected_price: preview.price, max_slippage: "1" });
    console.log(`bought ${order.quantity} ADA for ${order.total_amount}: ${order.status}`);
  }

  const orders = everything(async (page_token) => {
    const query = { page_size: 2, page_token };
    const page = answer(await cnop.api.GET("/api/v1/orders", { params: { query } }));
    return [page.orders, page.next_page_token];
  });
  for await (const order of orders) {
    console.log(`order of ${order.quantity} ${order.asset_id} for ${order.total_amount}`);
  }

  await expectRefusal(() => buy({ ...wanted, quantity: "1000000" }));
  await expectRefusal(() => buy({ ...wanted, quantity: "-1" }));
  await cnop.signOut();
  await expectRefusal(() => cnop.api.GET("/api/v1/balance"));
}

async function buy(wanted: Schemas["CreateOrderRequest"]): Promise<Schemas["Order"]> {
  const body = { ...wanted, request_id: newRequestId() };
  const create = async () => answer(await cnop.api.POST("/api/v1/orders", { body }));
  return settled(create, ({ status }) => status === "PENDING");
}

main().catch(fail);
