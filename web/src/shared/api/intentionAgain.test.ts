import { expect, test, vi } from "vitest";

import { ApiError } from "./error";
import { clearIntentions, Intention } from "./intention";
import { keepRequest, storedRequest } from "./requests";

interface Order {
  readonly status: string;
}

function orderOf(send: (body: object, id: string) => Promise<Order>, find?: (id: string) => Promise<Order>) {
  return Intention.of({ name: "order", send, isFinal: ({ status }) => status !== "PENDING", ...(find && { find }) });
}

test("a form that is shown again while its request runs goes on with it", async () => {
  let answer: (order: Order) => void = () => undefined;
  const send = vi.fn(() => new Promise<Order>((resolve) => (answer = resolve)));
  const first = orderOf(send);
  const result = first.run({ quantity: "1" });

  const second = orderOf(send);
  expect(second.outcome.state).toBe("busy");
  const joined = second.run({ quantity: "1" });
  answer({ status: "COMPLETED" });

  expect(await joined).toBe(await result);
  expect(send).toHaveBeenCalledTimes(1);
  expect(orderOf(send).outcome.state).toBe("idle");
});

test("a retry sends the unfinished request as it was, and nothing when there is none", async () => {
  const send = vi
    .fn<(body: object, id: string) => Promise<Order>>()
    .mockRejectedValueOnce(new ApiError("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "away"))
    .mockResolvedValue({ status: "COMPLETED" });
  const order = orderOf(send);
  await order.run({ quantity: "1" });
  await order.retry();
  await order.retry();

  expect(send).toHaveBeenCalledTimes(2);
  expect(send.mock.calls[1]).toEqual(send.mock.calls[0]);
});

test("news of a pending request finds its outcome; when that fails it stays pending", async () => {
  const found: (() => Promise<Order>)[] = [
    () => Promise.reject(new Error("away")),
    () => Promise.resolve({ status: "COMPLETED" }),
  ];
  const order = orderOf(
    () => Promise.resolve({ status: "PENDING" }),
    () => found.shift()?.() ?? Promise.reject(new Error("asked too often")),
  );
  await order.run({ quantity: "1" });
  await order.resume();
  expect(order.outcome.state).toBe("pending");
  await order.resume();
  expect(order.outcome.state).toBe("done");
});

test("the answer to a user who has left touches nothing of the next user", async () => {
  let answer: (order: Order) => void = () => undefined;
  const send = vi.fn(() => new Promise<Order>((resolve) => (answer = resolve)));
  const first = orderOf(send);
  const result = first.run({ quantity: "1" });
  clearIntentions();
  const next = keepRequest("order", { quantity: "2" });

  answer({ status: "COMPLETED" });
  await result;
  expect(storedRequest("order")).toEqual(next);
  expect(first.unfinished).toBeUndefined();

  first.forget();
  expect(await first.run({ quantity: "1" })).toBeUndefined();
  expect(storedRequest("order")).toEqual(next);
  expect(send).toHaveBeenCalledTimes(1);
});

test("a pending request of a user who has left is not followed with that of the next user", async () => {
  vi.useFakeTimers();
  const send = vi.fn(() => Promise.resolve({ status: "PENDING" }));
  const first = orderOf(send);
  first.subscribe(() => undefined);
  await first.run({ quantity: "1" });
  clearIntentions();
  keepRequest("order", { quantity: "2" });

  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();

  expect(send).toHaveBeenCalledTimes(1);
});

test("a request that is known to have had no effect has failed, unless it was sent before", async () => {
  const limited = new ApiError("RESOURCE_EXHAUSTED", "RATE_LIMITED", "slow down", { hadNoEffect: true });
  const away = new ApiError("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "away");
  const errors = [limited, away, limited];
  const order = orderOf(() => Promise.reject(errors.shift() ?? away));

  await order.run({ quantity: "1" });
  expect(order.outcome.state).toBe("failed");
  expect(order.unfinished).toBeUndefined();

  await order.run({ quantity: "1" });
  expect(order.outcome.state).toBe("unknown");
  await order.retry();
  expect(order.outcome.state).toBe("unknown");
  expect(order.unfinished).toEqual({ quantity: "1" });
});

test("a pending request is not asked for when its form is gone before the answer", async () => {
  vi.useFakeTimers();
  let answer: (order: Order) => void = () => undefined;
  const find = vi.fn(() => Promise.resolve({ status: "PENDING" }));
  const order = orderOf(() => new Promise<Order>((resolve) => (answer = resolve)), find);
  const leave = order.subscribe(() => undefined);
  const sent = order.run({ quantity: "1" });
  leave();
  answer({ status: "PENDING" });
  await sent;
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();

  expect(find).not.toHaveBeenCalled();
});

test("the outcome of a request that is given up meanwhile is not shown", async () => {
  let found: (order: Order) => void = () => undefined;
  const order = orderOf(
    () => Promise.resolve({ status: "PENDING" }),
    () => new Promise<Order>((resolve) => (found = resolve)),
  );
  await order.run({ quantity: "1" });
  const looking = order.resume();
  order.forget();
  found({ status: "COMPLETED" });
  await looking;

  expect(order.outcome.state).toBe("idle");
});
