/**
 * Writes src/generated from the contracts: the types of the API, the rules of its fields, its enumerations, its reasons
 * of errors, and what a client must know about each method. `--check` only says whether anything would change.
 */

import { readFileSync, writeFileSync, existsSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const gen = new URL("../../gen/", import.meta.url);
const out = new URL("../src/generated/", import.meta.url);
const openapi = JSON.parse(readFileSync(new URL("openapi/cnop.json", gen), "utf8"));
const config = JSON.parse(readFileSync(new URL("service-config.json", gen), "utf8"));
const HEAD = "// Made from gen/ by `npm run generate`.\n\n";
const VERBS = ["get", "post", "put", "patch", "delete"];

const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  VERBS.filter((verb) => item[verb]).map((verb) => ({ path, verb, ...item[verb] })),
);
const schemas = Object.entries(openapi.components.schemas);
const requestNames = new Set(
  operations.flatMap(({ requestBody }) => {
    const ref = requestBody?.content?.["application/json"]?.schema?.$ref;
    return ref ? [ref.split("/").at(-1)] : [];
  }),
);

const files = {
  "openapi.ts": HEAD + astToString(await openapiTS(openapi)),
  "rules.ts": HEAD + rules(),
  "enums.ts": HEAD + enums(),
  "reasons.ts": HEAD + reasons(),
  "methods.ts": HEAD + methods(),
};
const differing = Object.entries(files).filter(([name, text]) => {
  const file = new URL(name, out);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});
if (process.argv.includes("--check")) {
  if (differing.length > 0) {
    console.error(`src/generated is out of date (${differing.map(([name]) => name).join(", ")}): npm run generate`);
    process.exitCode = 1;
  }
} else {
  differing.forEach(([name, text]) => writeFileSync(new URL(name, out), text));
}

/** The rules of the fields of each request message. */
function rules() {
  const parts = schemas
    .filter(([name]) => requestNames.has(name))
    .map(([name, schema]) =>
      constant(
        name,
        mapped(schema.properties ?? {}, (field, key) => ruleOf(field, schema.required?.includes(key) ?? false)),
      ),
    );
  const type = [
    "/** What the contract demands of a field. `message` says it in words. */",
    "export interface Rule {",
    "  readonly required: boolean;",
    "  readonly pattern?: string;",
    "  readonly minLength?: number;",
    "  readonly maxLength?: number;",
    "  readonly format?: string;",
    "  readonly message?: string;",
    "}\n",
  ];
  return [type.join("\n"), ...parts].join("\n");
}

function ruleOf({ pattern, minLength, maxLength, format, description }, required) {
  const message = /(?:^|\n\n)(It must [\s\S]*)$/.exec(description ?? "")?.[1]?.replaceAll("`", "");
  return { required, pattern, minLength, maxLength, format, message };
}

/** The values of each enumeration that people may see. */
function enums() {
  const parts = schemas.flatMap(([name, schema]) =>
    Object.entries(schema.properties ?? {})
      .filter(([, field]) => field.enum)
      .map(([key, field]) => [
        `${name.replaceAll(".", "_")}_${key}`,
        field.enum.filter((value) => !value.endsWith("_UNSPECIFIED")),
      ])
      .map(([id, values]) => constant(id, values)),
  );
  return parts.join("\n");
}

/** The reasons of errors, those of orders included. */
function reasons() {
  const found = new Set();
  const visit = (node) => {
    if (typeof node?.description === "string" && node.description.includes("Reasons: ")) {
      for (const [, reason] of node.description.split("Reasons: ")[1].matchAll(/`([A-Z_]+)`/g)) {
        found.add(reason);
      }
    }
    if (typeof node === "object" && node !== null) {
      Object.values(node).forEach(visit);
    }
  };
  visit(openapi);
  return constant("reasons", [...found].sort()) + "\nexport type Reason = (typeof reasons)[number];\n";
}

/** The facts about each method: who may call it, its deadline, its retries, and whether it takes a request id. */
function methods() {
  const facts = operations.map((operation) => [`${operation.verb} ${operation.path}`, factsOf(operation)]);
  const type = [
    "export interface Method {",
    "  /** The name of the RPC, for messages and logs. */",
    "  readonly rpc: string;",
    "  readonly isPublic?: true;",
    "  readonly isAdmin?: true;",
    "  /** Whether it has a request_id. */",
    "  readonly isKeyed?: true;",
    "  /** Absent for streams. */",
    "  readonly timeoutMs?: number;",
    "  readonly retry?: Retry;",
    "}\n",
    "export interface Retry {",
    "  readonly attemptsMax: number;",
    "  readonly firstPauseMs: number;",
    "  readonly pauseMsMax: number;",
    "  readonly multiplier: number;",
    "  readonly codes: readonly string[];",
    "}\n",
  ];
  const retries = new Map();
  const lines = facts.map(([key, { retry, ...rest }]) => {
    const text = JSON.stringify(retry);
    if (retry && !retries.has(text)) {
      retries.set(text, `retry${retries.size + 1}`);
    }
    const facts = JSON.stringify(rest);
    return `  ${JSON.stringify(key)}: ${retry ? facts.replace(/\}$/, `,"retry":${retries.get(text)}}`) : facts},`;
  });
  const shared = [...retries].map(([text, name]) => `const ${name}: Retry = ${text};\n`);
  return [...type, ...shared, "export const methods: Readonly<Record<string, Method>> = {", ...lines, "};\n"].join(
    "\n",
  );
}

function factsOf({ operationId, security, parameters, responses }) {
  const [service, method] = operationId.split("_");
  const entry = entryOf(service, method);
  const isStream = Boolean(responses["200"]?.content?.["text/event-stream"]);
  return {
    rpc: `${service}/${method}`,
    isPublic: security === undefined || security.length === 0 || undefined,
    isAdmin: security?.some(({ token }) => token?.includes("admin")) || undefined,
    isKeyed: parameters?.some(({ $ref }) => $ref?.endsWith("/idempotency-key")) || undefined,
    timeoutMs: isStream ? undefined : ms(entry.timeout ?? "10s"),
    retry: entry.retryPolicy && {
      attemptsMax: entry.retryPolicy.maxAttempts,
      firstPauseMs: ms(entry.retryPolicy.initialBackoff),
      pauseMsMax: ms(entry.retryPolicy.maxBackoff),
      multiplier: entry.retryPolicy.backoffMultiplier,
      codes: entry.retryPolicy.retryableStatusCodes,
    },
  };
}

/** The entry of the service config: the most specific one. */
function entryOf(service, method) {
  const scores = config.methodConfig.map((entry) => ({
    entry,
    score: Math.max(...entry.name.map((name) => scoreOf(name, service, method))),
  }));
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).entry;
}

function scoreOf(name, service, method) {
  if (name.service === undefined) {
    return 0;
  }
  if (name.service.split(".").at(-1) !== service) {
    return -1;
  }
  return name.method === undefined ? 1 : name.method === method ? 2 : -1;
}

function ms(duration) {
  return Math.round(Number.parseFloat(duration) * 1000);
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function constant(name, value) {
  return `export const ${name.replaceAll(".", "_")} = ${JSON.stringify(value, undefined, 2)} as const;\n`;
}
