import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";

import { useUser } from "@/shared/session";
import { getSettings, updateSettings } from "@/shared/settings";
import { Dialog, TextLink, useShortcut, useShortcutList } from "@/shared/ui";

/** The shortcuts of all pages, and the list of them at "?". */
export function Shortcuts(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const isUser = useUser() !== undefined;
  useShortcut("?", "Show the shortcuts", () => setOpen(true));
  return (
    <>
      <Everywhere />
      {isUser && <ForUsers />}
      <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={() => setOpen(false)}>
        <List />
        <p className="text-mute mt-4 text-sm">
          Single keys can be switched off in the{" "}
          <TextLink to="/profile" onClick={() => setOpen(false)}>
            settings
          </TextLink>
          .
        </p>
      </Dialog>
    </>
  );
}

function Everywhere(): ReactNode {
  const navigate = useNavigate();
  useShortcut("g h", "Start page", () => void navigate({ to: "/" }));
  useShortcut("g m", "Assets", () => void navigate({ to: "/assets" }));
  return null;
}

function ForUsers(): ReactNode {
  const navigate = useNavigate();
  useShortcut("g p", "Portfolio", () => void navigate({ to: "/portfolio" }));
  useShortcut("g o", "Orders", () => void navigate({ to: "/orders" }));
  useShortcut("g a", "Account", () => void navigate({ to: "/account" }));
  useShortcut("h", "Hide or show my amounts", () => updateSettings({ hidesAmounts: !getSettings().hidesAmounts }));
  return null;
}

function List(): ReactNode {
  const shortcuts = useShortcutList().toSorted((one, other) => other.keys.length - one.keys.length); // sequences first
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
      {shortcuts.map(({ keys, label }) => (
        <div key={keys} className="col-span-2 grid grid-cols-subgrid">
          <dt>
            {keys.split(" ").map((key) => (
              <kbd
                key={key}
                className="border-edge bg-raised me-1 inline-block min-w-6 rounded-sm border px-1.5 text-center font-mono text-sm"
              >
                {key}
              </kbd>
            ))}
          </dt>
          <dd>{label}</dd>
        </div>
      ))}
    </dl>
  );
}
