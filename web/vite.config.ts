/** Builds the page into dist/. `npm run dev` serves it with hot reload and passes /api on to the edge. */

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const shared = ["../clients/ts/src/core", "../gen/methods.json"].map(path); // local/page.py names them, too
const edge = process.env["CNOP_EDGE"] ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": path("src"), "@client": path("../clients/ts/src/core") } },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false }, // every browser that knows light-dark() preloads modules
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    manifest: true, // names the files of the first load and of each route, for `npm run sizes`
  },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [path("."), ...shared] },
    proxy: { "/api": edge, "/health": edge, "/docs": edge },
  },
});
