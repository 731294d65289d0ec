import { expect, test, vi } from "vitest";

import { ApiError } from "./error";
import { Intention } from "./intention";

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
