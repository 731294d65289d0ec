/**
 * Writes compressed copies beside the files of a folder, for the edge: FILE.br and FILE.gz, where they are smaller.
 *
 *     node envoy/compress.mjs FOLDER
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(html|js|css|svg|json|webmanifest|txt)$/;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

for (const name of readdirSync(process.argv[2], { recursive: true })) {
  if (!TEXT.test(name)) {
    continue;
  }
  const file = join(process.argv[2], name);
  const plain = readFileSync(file);
  const copies = { br: brotliCompressSync(plain, BROTLI), gz: gzipSync(plain, { level: 9 }) };
  for (const [suffix, copy] of Object.entries(copies)) {
    if (copy.length < plain.length) {
      writeFileSync(`${file}.${suffix}`, copy);
    }
  }
}
