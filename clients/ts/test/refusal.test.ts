import { create } from "@bufbuild/protobuf";
import { BadRequestSchema, ErrorInfoSchema } from "@cnop/contracts/google/rpc/error_details_pb";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";

import { Refusal } from "../src/core/refusal.js";
import "../src/grpcErrors.js";

const fieldViolations = [{ field: "quantity", description: "must be above 0" }];
const headers = { "x-request-id": "one", "retry-after": "3" };

test("a gRPC error has the reason, the fields, the request id and the time to wait", () => {
  const details = [
    { desc: ErrorInfoSchema, value: create(ErrorInfoSchema, { domain: "cnop", reason: "INVALID_FIELD" }) },
    { desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations }) },
  ];
  const refusal = Refusal.from(new ConnectError("no", Code.InvalidArgument, headers, details));
  expect(refusal).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_FIELD", fields: fieldViolations });
  expect(refusal).toMatchObject({ message: "no", requestId: "one", retryAfterSeconds: 3 });
  expect(String(refusal)).toBe("INVALID_ARGUMENT (INVALID_FIELD): quantity must be above 0");
});

test("a REST error has the same", async () => {
  const details = [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", domain: "cnop", reason: "INVALID_FIELD", metadata: {} },
    { "@type": "type.googleapis.com/google.rpc.BadRequest", field_violations: fieldViolations },
  ];
  const body = JSON.stringify({ code: 3, message: "no", details });
  const refusal = await Refusal.fromResponse(new Response(body, { status: 400, headers }));
  expect(refusal).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_FIELD", fields: fieldViolations });
  expect(refusal).toMatchObject({ message: "no", requestId: "one", retryAfterSeconds: 3 });
});

test("the reason of another system is ignored", () => {
  const other = {
    desc: ErrorInfoSchema,
    value: create(ErrorInfoSchema, { domain: "other", reason: "INSUFFICIENT_FUNDS" }),
  };
  expect(Refusal.from(new ConnectError("no", Code.FailedPrecondition, undefined, [other])).reason).toBe("");
});

test.each([
  [502, "UNAVAILABLE"],
  [503, "UNAVAILABLE"],
  [504, "UNAVAILABLE"],
  [404, "UNKNOWN"],
])("a %i that is not from the edge is %s", async (status, code) => {
  for (const body of ["<html>", '{"code": "3"}']) {
    expect(await Refusal.fromResponse(new Response(body, { status }))).toMatchObject({ code, reason: "" });
  }
});

test("an expired deadline is DEADLINE_EXCEEDED, and an aborted call is CANCELLED", () => {
  expect(Refusal.from(new DOMException("", "TimeoutError")).code).toBe("DEADLINE_EXCEEDED");
  expect(Refusal.from(new DOMException("", "AbortError")).code).toBe("CANCELLED");
});
