import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderPage } from "@/test/render";

import { Page } from "./Page";

test("a page has a title and one heading", async () => {
  await renderPage(<Page title="Orders">nothing</Page>);

  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Orders");
  expect(document.title).toBe("Orders · cnop");
});
