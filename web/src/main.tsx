import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { guardDeploys } from "./app/deploys";
import { createAppRouter } from "./app/router";
import { startLive } from "./shared/live";
import { startSession } from "./shared/session";
import { startSettings } from "./shared/settings";
import { startShortcuts } from "./shared/ui";
import "./app/styles.css";

startSettings();
guardDeploys();
startShortcuts();
void startSession();
startLive();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App router={createAppRouter()} />
    </StrictMode>,
  );
}
