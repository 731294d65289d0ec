import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { guardDeploys } from "./app/deploys";
import { preloadHome } from "./app/Home";
import { guardRestored } from "./app/restored";
import { createAppRouter } from "./app/router";
import { ApiError } from "./shared/api";
import { startLive } from "./shared/live";
import { isProbablySignedIn, startSession } from "./shared/session";
import { startSettings } from "./shared/settings";
import { startShortcuts } from "./shared/ui";
import "./app/styles.css";

const router = createAppRouter();
startSettings();
guardDeploys(router);
guardRestored();
if (window.location.pathname === "/") {
  preloadHome(isProbablySignedIn());
}
startShortcuts();
void startSession();
startLive();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root, { onCaughtError: logUnlessTold }).render(
    <StrictMode>
      <App router={router} />
    </StrictMode>,
  );
}

/** Logs what a page was replaced by; an error of the API is told on the page. */
function logUnlessTold(error: unknown): void {
  if (!(error instanceof ApiError)) {
    console.error(error);
  }
}
