/** Builds the page into dist/web or, with --mode node, the programs for Node into dist/. */

import { defineConfig } from "vite";
import type { UserConfig } from "vite";

const page: UserConfig = { root: "web", build: { outDir: "../dist/web", emptyOutDir: true } };
const programs: UserConfig = {
  build: {
    ssr: true,
    target: "node20",
    emptyOutDir: false,
    rolldownOptions: { input: ["examples/node.ts", "examples/rest.ts", "web/drive.ts"] },
  },
};

export default defineConfig(({ mode }) => (mode === "node" ? programs : page));
