/**
 * Writes src/generated from the contracts: the rules of fields, the enumerations, the reasons of errors; and the types of
 * the API, which all clients in TypeScript share. `--check` only says whether anything would change.
 */

import { readFileSync, writeFileSync, existsSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const gen = new URL("../../gen/", import.meta.url);
const out = new URL("../src/generated/", import.meta.url);
const openapi = JSON.parse(readFileSync(new URL("openapi/cnop.json", gen), "utf8"));
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
  "../../../clients/ts/src/core/openapi.ts": COMMENT_HEADER + astToString(await openapiTS(openapi)),
  "rules.ts": HEAD + rules(),
  "enums.ts": HEAD + enums(),
  "reasons.ts": HEAD + reasons(),
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

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function constant(name, value) {
  return `export const ${name.replaceAll(".", "_")} = ${JSON.stringify(value, undefined, 2)} as const;\n`;
}
