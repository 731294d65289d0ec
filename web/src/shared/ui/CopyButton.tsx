import { useEffect, useState } from "react";
import type { ReactNode } from "react";

import { IconButton } from "./Button";
import { CheckIcon, CopyIcon } from "./icons";
import { announce, toast } from "./Toast";

const SHOWN_MS = 2_000;

/** Copies a text. `label` says what: "Copy the request id". */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    const timer = isCopied ? setTimeout(() => setCopied(false), SHOWN_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce("Copied");
    } catch {
      toast("bad", "The browser did not allow that. Select the text and copy it.");
    }
  };
  return (
    <IconButton label={label} onClick={() => void copy()}>
      {isCopied ? <CheckIcon className="text-good" /> : <CopyIcon />}
    </IconButton>
  );
}
