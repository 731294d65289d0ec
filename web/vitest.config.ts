import { defineConfig, mergeConfig } from "vitest/config";

import base from "./vite.config.js";

export default mergeConfig(
  base,
  defineConfig({
    test: {
      environment: "happy-dom",
      environmentOptions: { happyDOM: { url: "http://localhost:5173/" } },
      include: ["src/**/*.test.{ts,tsx}"],
      setupFiles: ["src/test/setup.ts"],
      restoreMocks: true,
      css: { include: [/\?raw$/] }, // tests read style sheets; else vitest empties them
      testTimeout: 30_000, // machines that build and test at once are slow
    },
  }),
);
