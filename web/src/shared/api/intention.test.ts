import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { ApiError } from "./error";
import { Intention } from "./intention";
import type { IntentionOptions } from "./intention";

interface Order {
  readonly quantity: string;
  readonly preview_id?: string;
}
interface Made {
  readonly id: string;
  readonly status: string;
}

/** An order service that knows request ids. */
class Orders {
  readonly made = new Map<string, Made>();
  readonly calls: { id: string; body: Order }[] = [];
  errors: (ApiError | undefined)[] = [];
  status = "COMPLETED";
  /** Whether a failing call stores the order all the same, as when only the answer is lost. */
  storesAlways = false;

  readonly send = async (body: Order, id: string): Promise<Made> => {
    this.calls.push({ id, body });
    await Promise.resolve();
    const error = this.errors.shift();
    if (error === undefined || this.storesAlways) {
      this.made.set(id, { id, status: this.status });
    }
    if (error !== undefined) {
      throw error;
    }
    return this.made.get(id) ?? { id, status: "" };
  };

  readonly find = (id: string): Promise<Made> => {
    const order = this.made.get(id);
    return order ? Promise.resolve(order) : Promise.reject(new ApiError("NOT_FOUND", "ORDER_NOT_FOUND", "no"));
  };
}

const away = () => new ApiError("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "away");
let orders: Orders;

function intention(more: Partial<IntentionOptions<Order, Made>> = {}): Intention<Order, Made> {
  return new Intention<Order, Made>({
    name: "order.BTC",
    send: orders.send,
    identity: ({ quantity }) => quantity,
    isFinal: ({ status }) => status !== "PENDING",
    ...more,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  orders = new Orders();
});
afterEach(() => void vi.useRealTimers());

describe("one order", () => {
  test("of a double click while the first is on its way", async () => {
    const ticket = intention();

    await Promise.all([ticket.run({ quantity: "1" }), ticket.run({ quantity: "1" }), ticket.run({ quantity: "1" })]);

    expect(orders.calls).toHaveLength(1);
    expect(ticket.outcome.state).toBe("done");
  });

  test("of a double click whose second comes after a fast answer", async () => {
    const ticket = intention();

    await ticket.run({ quantity: "1" });
    await vi.advanceTimersByTimeAsync(300);
    const second = await ticket.run({ quantity: "1" });

    expect(orders.made.size).toBe(1);
    expect(second?.id).toBe(orders.calls[0]?.id);
  });

  test("of five retries after errors, although the answers to stored orders were lost", async () => {
    const ticket = intention();
    orders.storesAlways = true;
    orders.errors = [away(), away(), away(), away(), away()];

    for (let attempt = 0; attempt < 6; attempt++) {
      await ticket.run({ quantity: "1", preview_id: `preview-${attempt}` });
    }

    expect(orders.calls).toHaveLength(6);
    expect(orders.made.size).toBe(1);
    expect(new Set(orders.calls.map(({ body }) => body.preview_id))).toEqual(new Set(["preview-0"]));
  });

  test.each(["CANCELLED", "ABORTED", "INTERNAL"])(
    "of a retry after %s, which leaves open what happened",
    async (code) => {
      const ticket = intention();
      orders.storesAlways = true;
      orders.errors = [new ApiError(code, "UNKNOWN", "the server is stopping")];

      await ticket.run({ quantity: "1" });
      expect(ticket.outcome.state).toBe("unknown");
      await ticket.retry();

      expect(orders.calls).toHaveLength(2);
      expect(orders.made.size).toBe(1);
    },
  );

  test("of a reload in mid-submit", async () => {
    orders.storesAlways = true;
    orders.errors = [away()];
    await intention().run({ quantity: "1" });

    const reloaded = intention();
    expect(reloaded.outcome.state).toBe("unknown");
    expect(reloaded.unfinished).toEqual({ quantity: "1" });
    await reloaded.run({ quantity: "1" });

    expect(orders.made.size).toBe(1);
    expect(reloaded.outcome.state).toBe("done");
  });
});

describe("another order", () => {
  test("when the same is wanted again later", async () => {
    const ticket = intention();

    await ticket.run({ quantity: "1" });
    await vi.advanceTimersByTimeAsync(2_000);
    await ticket.run({ quantity: "1" });

    expect(orders.made.size).toBe(2);
  });

  test("when another quantity is wanted", async () => {
    const ticket = intention();
    orders.errors = [away()];

    await ticket.run({ quantity: "1" });
    await ticket.run({ quantity: "2" });

    expect(new Set(orders.calls.map(({ id }) => id)).size).toBe(2);
  });

  test("after a final refusal", async () => {
    const ticket = intention();
    orders.errors = [new ApiError("FAILED_PRECONDITION", "INSUFFICIENT_FUNDS", "no")];

    await ticket.run({ quantity: "1" });
    expect(ticket.outcome.state).toBe("failed");
    expect(ticket.unfinished).toBeUndefined();
    await ticket.run({ quantity: "1" });

    expect(new Set(orders.calls.map(({ id }) => id)).size).toBe(2);
  });

  test("after forget()", async () => {
    const ticket = intention();

    await ticket.run({ quantity: "1" });
    ticket.forget();
    await ticket.run({ quantity: "1" });

    expect(orders.made.size).toBe(2);
  });
});

describe("after a reload", () => {
  test("the outcome is looked for", async () => {
    orders.storesAlways = true;
    orders.errors = [away()];
    await intention().run({ quantity: "1" });

    const reloaded = intention({ find: orders.find });
    await reloaded.resume();

    expect(reloaded.outcome.state).toBe("done");
    expect(reloaded.unfinished).toBeUndefined();
  });

  test("one that has not arrived yet keeps its id", async () => {
    orders.errors = [away()];
    await intention().run({ quantity: "1" });

    const reloaded = intention({ find: orders.find });
    await reloaded.resume();
    await reloaded.run({ quantity: "1" });

    expect(new Set(orders.calls.map(({ id }) => id)).size).toBe(1);
  });
});

test("a pending order is asked for until it is final, while somebody looks on", async () => {
  orders.status = "PENDING";
  const ticket = intention({ find: orders.find });
  ticket.subscribe(() => undefined);
  await ticket.run({ quantity: "1" });
  expect(ticket.outcome.state).toBe("pending");
  const [id] = orders.made.keys();
  orders.made.set(id ?? "", { id: id ?? "", status: "COMPLETED" });

  await vi.advanceTimersByTimeAsync(2_100);

  expect(ticket.outcome.state).toBe("done");
  expect(ticket.unfinished).toBeUndefined();
});

test("secrets are not stored, and a retry sends those at hand with the same id", async () => {
  const seen: { id: string; password: string }[] = [];
  const registration = new Intention<{ name: string; password: string }, true>({
    name: "register",
    withoutSecrets: (body) => ({ ...body, password: "" }),
    send: ({ password }, id) => {
      seen.push({ id, password });
      return seen.length === 1 ? Promise.reject(away()) : Promise.resolve(true);
    },
  });

  await registration.run({ name: "ada", password: "correct horse" });
  expect(JSON.stringify(Object.entries(window.sessionStorage))).not.toContain("horse");
  await registration.run({ name: "ada", password: "correct horse" });

  expect(seen.map(({ password }) => password)).toEqual(["correct horse", "correct horse"]);
  expect(seen[0]?.id).toBe(seen[1]?.id);
});
