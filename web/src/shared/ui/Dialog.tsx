import { useId, useLayoutEffect, useRef } from "react";
import type { ReactNode } from "react";

import { IconButton } from "./Button";
import { CloseIcon } from "./icons";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Closes it: Escape, the cross, a click beside it. Without it the dialog cannot be closed. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
  /** The buttons at its end. */
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
}

// Not the cross, which comes first in the document.
const FIRST = ["[data-autofocus]", "[data-body] :is(input, select, button, a[href])", "[data-actions] button"];

/** A dialog over the page. The focus stays in it, and goes back to where it was. */
export function Dialog({ title, isOpen, onClose, children, actions, isWide = false }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // While it is still in the page: closed later, the browser would not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!isOpen || element === null) {
      return;
    }
    const opener = document.activeElement;
    element.showModal();
    FIRST.map((selector) => element.querySelector<HTMLElement>(selector))
      .find((control) => control !== null)
      ?.focus();
    return () => {
      element.close();
      if (document.activeElement === document.body && opener instanceof HTMLElement) {
        opener.focus(); // the browser does so only for a dialog that is still in the page
      }
    };
  }, [isOpen]);
  if (!isOpen) {
    return null;
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault(); // a second Escape would close it without asking
          event.stopPropagation(); // a dialog below stays
          onClose?.();
        } else if (event.key === "Enter" && event.repeat) {
          event.preventDefault(); // the key that opened the dialog is still held
        }
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) {
          onClose?.();
        }
      }}
      className={`border-line bg-panel shadow-pop m-auto w-[calc(100vw-24px)] rounded-md border p-0 ${isWide ? "max-w-[640px]" : "max-w-[420px]"}`}
    >
      <div className="flex max-h-[90dvh] flex-col">
        <div className="border-line flex items-center justify-between gap-2 border-b py-1 ps-4 pe-1">
          <h2 id={id} className="py-1.5">
            {title}
          </h2>
          {onClose !== undefined && (
            <IconButton label="Close" onClick={onClose}>
              <CloseIcon />
            </IconButton>
          )}
        </div>
        <div data-body className="overflow-y-auto p-4">
          {children}
        </div>
        {actions !== undefined && (
          <div data-actions className="border-line flex flex-wrap justify-end gap-2 border-t p-3">
            {actions}
          </div>
        )}
      </div>
    </dialog>
  );
}
