/**
 * The browser of the tests: a Chromium of this machine that starts, or else the one of @sparticuz/chromium, which needs
 * neither root nor any library of the system beyond glibc.
 *
 *     node tests/web/chromium.js     makes it ready, and prints how to start it, as JSON
 *
 * CNOP_CHROMIUM names another program; "npm" takes the one of the package in any case.
 */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const PACKAGE = new URL("node_modules/@sparticuz/chromium/", import.meta.url);
const CACHE = fileURLToPath(new URL("../../.cache/browser", import.meta.url));
const START_MS_MAX = 30_000;
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

// Root cannot use Chromium's sandbox, and a browser in a test should make no other network requests.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/**
 * Returns what playwright's `launch` needs: executablePath, args and env. A program that does not start is no error while
 * the next one does: Ubuntu's `chromium-browser` only tells to install a snap. Where none does, the error names them all.
 */
export function browser() {
  const wanted = process.env.CNOP_CHROMIUM ?? "";
  const ways = wanted === "npm" ? [ofPackage] : wanted ? [() => plain(wanted)] : [...ofSystem(), ofPackage];
  const failures = [];
  for (const way of ways) {
    try {
      const program = way();
      check(program);
      return { ...program, args: ARGUMENTS };
    } catch (error) {
      failures.push(error.message);
    }
  }
  throw new Error(["no browser starts. Install a Chromium (Debian: apt-get install chromium)", ...failures].join("\n  "));
}

const plain = (executablePath) => ({ executablePath, env: {} });

/** The programs of this machine, each once: one folder may be a link to another. */
function ofSystem() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter((path) => existsSync(path));
  const first = (path) => found.find((other) => realpathSync(other) === realpathSync(path));
  return found.filter((path) => first(path) === path).map((path) => () => plain(path));
}

function ofPackage() {
  if (!existsSync(PACKAGE)) {
    throw new Error("@sparticuz/chromium is not installed: `make test-web` installs it where no other starts");
  }
  const { version } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) {
    unpack(folder);
  }
  const library = [join(folder, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return { executablePath: join(folder, "chromium"), env: { LD_LIBRARY_PATH: library, FONTCONFIG_PATH: folder } };
}

/** Unpacks the package beside the folder and renames at the end: other processes may do the same. */
function unpack(folder) {
  const part = `${folder}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  const unpacked = (name) => brotliDecompressSync(readFileSync(new URL(`bin/${name}.br`, PACKAGE)));
  writeFileSync(join(part, "chromium"), unpacked("chromium"));
  chmodSync(join(part, "chromium"), 0o755);
  for (const name of ["al2023.tar", "fonts.tar", "swiftshader.tar"]) {
    const done = spawnSync("tar", ["-x", "-C", part], { input: unpacked(name) });
    if (done.status !== 0) {
      throw new Error(`tar cannot unpack ${name}: ${done.error?.message ?? done.stderr}`);
    }
  }
  writeFileSync(join(part, "fonts.conf"), fontsOf(folder));
  try {
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true });
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

/** The fonts of the package, and those of the system. Without any, all text would be invisible. */
function fontsOf(folder) {
  const folders = [join(folder, "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  const lines = [...folders.map((path) => `<dir>${path}</dir>`), `<cachedir>${join(folder, "fonts-cache")}</cachedir>`];
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${lines.join("")}</fontconfig>\n`;
}

/** Throws if the program does not start, with the libraries that it lacks. */
function check({ executablePath, env }) {
  const own = { env: { ...process.env, ...env }, encoding: "utf8" };
  const done = spawnSync(executablePath, ["--version"], { ...own, timeout: START_MS_MAX });
  if (done.status === 0) {
    return;
  }
  const lacking = (spawnSync("ldd", [executablePath], own).stdout ?? "").match(/\S+(?= => not found)/g) ?? [];
  const why = done.error?.message ?? (lacking.length > 0 ? `it lacks ${lacking.join(", ")}` : done.stderr.trim());
  throw new Error(`${executablePath} does not start: ${why}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(browser()));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
