/**
 * The same calls from a browser: by gRPC-Web, and some by REST in the same session. The page is served from another
 * origin, which the edge must allow (CORS). `?edge=http://...` is the address of the edge.
 */

import { Order_Side, Order_Status } from "@cnop/contracts/cnop/order/v1/order_pb";
import type { Order } from "@cnop/contracts/cnop/order/v1/order_pb";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

import { everything, newRequestId, settled } from "../src/calls.js";
import { Refusal } from "../src/core/refusal.js";
import { connect } from "../src/grpc.js";
import { reachingFetch } from "../src/grpcErrors.js";
import { answer, connectRest } from "../src/rest.js";

const PAGE_SIZE = 2;

const edge = new URLSearchParams(location.search).get("edge") ?? "http://localhost:8080";
const cnop = connect((interceptors) => createGrpcWebTransport({ baseUrl: edge, interceptors, fetch: reachingFetch }));
const rest = connectRest(edge, cnop.session);
let orders: AsyncGenerator<Order, void, undefined> | undefined;

onSubmit("sign-in", async (form, button) => {
  const [username, password] = [text(form, "username"), text(form, "password")];
  if (button === "register") {
    const person = { firstName: "Ada", lastName: "Lovelace" };
    await cnop.auth.register({ username, email: `${username}@example.com`, password, ...person });
  }
  await cnop.signIn(username, password);
  const { assets } = answer(await rest.api.GET("/api/v1/inventory/assets", { params: { query: { page_size: 200 } } }));
  element("account").hidden = false;
  const options = assets.map(({ asset_id, name }) => new Option(`${name} (${asset_id})`, asset_id));
  document.querySelector("select")?.replaceChildren(...options);
  await showOrders();
  return `signed in as ${username}`;
});

onSubmit("deposit", async (form) => {
  const { amount, balanceAfter } = await cnop.account.deposit({ amount: text(form, "amount") });
  return `deposited ${amount}, the balance is ${balanceAfter}`;
});

onSubmit("order", async (form, button) => {
  const [asset, quantity] = [text(form, "asset"), text(form, "quantity")];
  if (button === "preview") {
    const body = { side: "BUY", asset_id: asset, quantity } as const;
    const { price, total_amount, obstacles } = answer(await rest.api.POST("/api/v1/orders:preview", { body }));
    return `at ${price} it would cost ${total_amount}; obstacles: ${obstacles.join(", ") || "none"}`;
  }
  const request = { side: Order_Side.BUY, assetId: asset, quantity, requestId: newRequestId() };
  const order = await settled(
    () => cnop.orders.createOrder(request),
    ({ status }) => status === Order_Status.PENDING,
  );
  await showOrders();
  return `bought ${order.quantity} ${order.assetId} for ${order.totalAmount}`;
});

element("more").addEventListener("click", () => void attempt(more));

/** Shows the first page of orders. */
async function showOrders(): Promise<void> {
  element("orders").replaceChildren();
  orders = everything(async (pageToken) => {
    const page = await cnop.orders.listOrders({ pageSize: PAGE_SIZE, pageToken });
    return [page.orders, page.nextPageToken];
  });
  await more();
}

async function more(): Promise<string> {
  for (let shown = 0; shown < PAGE_SIZE; shown++) {
    const next = await orders?.next();
    element("more").hidden = next?.done !== false;
    if (next?.done !== false) {
      break;
    }
    const { side, quantity, assetId, totalAmount, status } = next.value;
    const cells = [Order_Side[side], `${quantity} ${assetId}`, totalAmount, Order_Status[status]];
    const row = document.createElement("tr");
    cells.forEach((cell) => (row.insertCell().textContent = cell));
    element("orders").append(row);
  }
  return "";
}

function onSubmit(id: string, work: (form: FormData, button: string) => Promise<string>): void {
  const form = element(id) as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = (event.submitter as HTMLButtonElement | null)?.name ?? "";
    void attempt(() => work(new FormData(form), button));
  });
}

/** Runs the action of a button, and shows its result or error. */
async function attempt(work: () => Promise<string>): Promise<void> {
  const [done, refused] = [element("done"), element("refused")];
  done.textContent = refused.textContent = "";
  try {
    done.textContent = await work();
  } catch (error) {
    const refusal = Refusal.from(error);
    const wait = refusal.retryAfterSeconds > 0 ? `, again in ${String(refusal.retryAfterSeconds)} s` : "";
    const request = refusal.requestId && ` [request ${refusal.requestId}]`;
    refused.textContent = `${String(refusal)}${wait}${request}`;
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element ${id}`);
  }
  return found;
}
