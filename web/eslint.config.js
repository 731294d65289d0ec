import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { layers } from "./scripts/layers.js";

export default defineConfig(
  { ignores: ["dist/", "src/generated/"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  hooks.configs.flat["recommended-latest"],
  {
    plugins: { layers },
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js", "scripts/*.js"] } },
    },
    rules: {
      "layers/downward": "error",
      "max-lines": ["error", 250],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Trusted Types forbid it." },
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: "Use textContent." },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      "@typescript-eslint/only-throw-error": "off", // the router's redirect() is thrown
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Name what you export." },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Trusted Types forbid it." },
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: "Use textContent." },
      ],
    },
  },
  {
    files: ["*.js", "scripts/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
);
