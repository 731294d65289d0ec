/** The rule that imports go downward only: app, then features (none of another), then shared in the order below. */

import path from "node:path";

const SRC = path.resolve(import.meta.dirname, "../src");
const SHARED = ["assets", "ui", "live", "session", "api", "settings", "numbers", "lib"]; // from the top to the bottom

/** The layer of a file: its height (imports must not go up) and the part of that layer that it belongs to. */
function layerOf(file) {
  const [top = "", part = ""] = path.relative(SRC, file).split(path.sep);
  switch (top) {
    case "shared":
      return { height: SHARED.length - SHARED.indexOf(part), part: `shared/${part}` };
    case "features":
      return { height: 20, part: `features/${part}` };
    case "generated":
      return { height: 0, part: top };
    default:
      return { height: 30, part: "app" }; // main.tsx and the tests' helpers too
  }
}

function targetOf(source, file) {
  if (source.startsWith("@/")) {
    return path.join(SRC, source.slice(2));
  }
  return source.startsWith(".") ? path.resolve(path.dirname(file), source) : undefined;
}

const downward = {
  meta: { type: "problem", messages: { up: "{{from}} must not import {{to}}." }, schema: [] },
  create(context) {
    const from = layerOf(context.filename);
    const check = (node) => {
      if (typeof node.source?.value !== "string" || !context.filename.startsWith(SRC)) {
        return;
      }
      const target = targetOf(node.source.value, context.filename);
      if (
        target === undefined ||
        (/(\.test\.tsx?|\/test[A-Z]\w+\.ts)$/.test(context.filename) && target.startsWith(path.join(SRC, "test")))
      ) {
        return;
      }
      const to = layerOf(target);
      if (from.part !== to.part && to.height >= from.height) {
        context.report({ node, messageId: "up", data: { from: from.part, to: to.part } });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export const layers = { rules: { downward } };
