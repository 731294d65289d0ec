/** The rules of forms against protovalidate, by which the services decide: both must give the same verdict. */

import { create, createFileRegistry, fromBinary, ScalarType } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { createValidator } from "@bufbuild/protovalidate";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { VALUES } from "@/test/values";

import { broken, contract } from "./rules";
import type { Rule } from "./rules";

const CONTRACTS = join(import.meta.dirname, "../../../../gen/descriptors/cnop.binpb");
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(CONTRACTS)));
const validator = createValidator({ registry });

const NEEDED = { required: true };
const PROFILE = contract.UpdateProfileRequest;
const ASSET = contract.CreateAssetRequest;

// The fields that people fill in, with the rules of the forms: what of an existing thing changes must not become empty.
const FORMS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  RegisterRequest: only(
    contract.RegisterRequest,
    "username",
    "email",
    "password",
    "first_name",
    "last_name",
    "phone",
    "date_of_birth",
  ),
  LoginRequest: only(contract.LoginRequest, "username", "password"),
  ChangePasswordRequest: contract.ChangePasswordRequest,
  UpdateProfileRequest: {
    first_name: { ...PROFILE.first_name, ...NEEDED },
    last_name: { ...PROFILE.last_name, ...NEEDED },
    email: { ...PROFILE.email, ...NEEDED },
    current_password: { ...PROFILE.current_password, ...NEEDED },
    ...only(PROFILE, "phone", "date_of_birth"),
  },
  DepositRequest: only(contract.DepositRequest, "amount"),
  WithdrawRequest: only(contract.WithdrawRequest, "amount"),
  PreviewOrderRequest: only(contract.PreviewOrderRequest, "quantity", "quote_amount"),
  CreateOrderRequest: only(contract.CreateOrderRequest, "quantity", "quote_amount", "limit_price"),
  CreateAssetRequest: only(
    ASSET,
    ...(["asset_id", "name", "description", "category", "image", "price_usd", "circulating_supply"] as const),
    ...(["max_supply", "quantity_increment", "price_increment", "order_value_min", "order_value_max"] as const),
  ),
  UpdateAssetRequest: {
    ...only(ASSET, "name", "description", "category", "image", "circulating_supply", "max_supply"),
    quantity_increment: { ...ASSET.quantity_increment, ...NEEDED },
    price_increment: { ...ASSET.price_increment, ...NEEDED },
    order_value_min: { ...ASSET.order_value_min, ...NEEDED },
    order_value_max: { ...ASSET.order_value_max, ...NEEDED },
  },
  SetPriceRequest: only(contract.SetPriceRequest, "price_usd"),
  RestockRequest: only(contract.RestockRequest, "quantity"),
  DisableUserRequest: only(contract.DisableUserRequest, "reason"),
  EnableUserRequest: only(contract.EnableUserRequest, "reason"),
};

function only<K extends string>(rules: Readonly<Record<K, Rule>>, ...names: readonly K[]): Record<string, Rule> {
  return Object.fromEntries(names.map((name) => [name, rules[name]]));
}

/** Returns what protovalidate says of a value of a field; "" if nothing. */
function oracle(messageName: string, name: string): (value: string) => string {
  const [message] = [...registry].filter((type) => type.kind === "message" && type.name === messageName);
  const field = message?.kind === "message" ? message.fields.find((one) => one.name === name) : undefined;
  if (message?.kind !== "message" || field?.fieldKind !== "scalar" || field.scalar !== ScalarType.STRING) {
    throw new Error(`${messageName}.${name} is no text`);
  }
  return (value) => {
    const request = create(message);
    reflect(message, request).set(field, value);
    const result = validator.validate(message, request);
    if (result.kind === "error") {
      throw result.error;
    }
    const violations = result.violations ?? [];
    return violations.flatMap(({ field: path, message: text }) => (path[0] === field ? [text] : [])).join("; ");
  };
}

const FIELDS = Object.entries(FORMS).flatMap(([message, rules]) =>
  Object.entries(rules).map(([name, rule]) => ({ message, name, rule })),
);

test.each(FIELDS)("$message.$name is judged as the services judge it", ({ message, name, rule }) => {
  const judged = oracle(message, name);
  const differing = VALUES.flatMap((value) => {
    const [ours, theirs] = [broken(rule, value) ?? "", judged(value)];
    return (ours === "") === (theirs === "") ? [] : [{ value, ours, theirs }];
  });
  expect(differing).toEqual([]);
});
