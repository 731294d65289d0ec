/** Prints what a first load and each lazy route weigh, and fails when they weigh too much. Build first. */

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const KB = 1000;
const GZIP_MAX = 150;
const BROTLI_MAX = 130;
const ROUTE_MAX = 60;

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const entry = Object.values(manifest).find(({ isEntry }) => isEntry);
const first = filesOf(entry);
const sizes = new Map();
let failed = false;

report("first load, gzip", sum([...first, "index.html"], "gzip"), GZIP_MAX);
report("first load, brotli", sum([...first, "index.html"], "brotli"), BROTLI_MAX);
for (const chunk of Object.values(manifest).filter(({ isDynamicEntry }) => isDynamicEntry)) {
  const more = [...filesOf(chunk)].filter((file) => !first.has(file));
  report(`${chunk.src}, gzip`, sum(more, "gzip"), ROUTE_MAX);
}
process.exitCode = failed ? 1 : 0;

/** The files that a chunk needs, without those that it loads later. */
function filesOf(chunk, files = new Set()) {
  if (!files.has(chunk.file)) {
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.imports?.forEach((name) => filesOf(manifest[name], files));
  }
  return files;
}

function sum(files, kind) {
  return [...files].reduce((total, file) => total + sizeOf(file)[kind], 0) / KB;
}

function sizeOf(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(new URL(file, dist));
    sizes.set(file, { gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length });
  }
  return sizes.get(file);
}

function report(name, kb, max) {
  const isOver = kb > max;
  failed ||= isOver;
  console.log(`${kb.toFixed(1).padStart(7)} kB of ${String(max).padStart(3)}  ${name}${isOver ? "  TOO LARGE" : ""}`);
}
