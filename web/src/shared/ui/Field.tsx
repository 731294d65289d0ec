import { useId, useState } from "react";
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes } from "react";

import { EyeIcon, EyeOffIcon } from "./icons";

export const CONTROL =
  "tap w-full rounded-md border bg-panel px-2.5 text-ink focus-visible:outline-offset-0 aria-invalid:border-bad border-edge";

interface FrameProps {
  readonly label: string;
  /** What helps to fill it in. */
  readonly hint?: ReactNode;
  /** What is wrong, in words. */
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  readonly className?: string;
  readonly children: (ids: {
    readonly id: string;
    readonly describedBy: string | undefined;
    readonly isInvalid: boolean;
  }) => ReactNode;
}

/** The frame of a control: label, hint and error, tied to it for screen readers. */
export function Field({ label, hint, error, isOptional = false, className = "", children }: FrameProps): ReactNode {
  const id = useId();
  const isInvalid = error !== undefined && error !== "";
  const described = [hint !== undefined && `${id}-hint`, isInvalid && `${id}-error`].filter((part) => part !== false);
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {isOptional && <span className="text-mute font-normal"> (optional)</span>}
      </label>
      {children({ id, describedBy: described.length > 0 ? described.join(" ") : undefined, isInvalid })}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="text-mute text-xs">
          {hint}
        </div>
      )}
      {isInvalid && (
        <p id={`${id}-error`} role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

type FieldOnly = Omit<FrameProps, "children">;

export interface TextFieldProps extends FieldOnly, Omit<InputHTMLAttributes<HTMLInputElement>, "className"> {
  readonly ref?: Ref<HTMLInputElement>;
}

/** A line of text. Takes what react-hook-form's register() returns. */
export function TextField({ label, hint, error, isOptional, className, ...input }: TextFieldProps): ReactNode {
  return (
    <Field {...frameOf({ label, hint, error, isOptional, className })}>
      {({ id, describedBy, isInvalid }) => (
        <input
          type="text"
          {...input}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={isInvalid}
          className={CONTROL}
        />
      )}
    </Field>
  );
}

/** A password that can be shown. Give it autoComplete: "current-password" or "new-password". */
export function PasswordField({ label, hint, error, className, ...input }: TextFieldProps): ReactNode {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...frameOf({ label, hint, error, className })}>
      {({ id, describedBy, isInvalid }) => (
        <div className="relative">
          <input
            {...input}
            type={isShown ? "text" : "password"}
            autoCapitalize="none"
            spellCheck={false}
            id={id}
            aria-describedby={describedBy}
            aria-invalid={isInvalid}
            className={`${CONTROL} pe-12`}
          />
          <button
            type="button"
            aria-pressed={isShown}
            aria-label="Show the password"
            title="Show the password"
            onClick={() => setShown(!isShown)}
            className="tap-square text-mute hover:text-ink focus-inset absolute inset-y-0 end-0 flex items-center justify-center rounded-md"
          >
            {isShown ? <EyeOffIcon /> : <EyeIcon />}
          </button>
        </div>
      )}
    </Field>
  );
}

export interface SelectFieldProps
  extends FieldOnly, Omit<SelectHTMLAttributes<HTMLSelectElement>, "className" | "children"> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly ref?: Ref<HTMLSelectElement>;
}

/** A choice of one. */
export function SelectField({
  label,
  hint,
  error,
  isOptional,
  className,
  options,
  ...select
}: SelectFieldProps): ReactNode {
  return (
    <Field {...frameOf({ label, hint, error, isOptional, className })}>
      {({ id, describedBy, isInvalid }) => (
        <select {...select} id={id} aria-describedby={describedBy} aria-invalid={isInvalid} className={CONTROL}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "className"> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A yes or no. */
export function Checkbox({ label, hint, ...input }: CheckboxProps): ReactNode {
  const id = useId();
  return (
    <div className="flex flex-col">
      <label className="tap inline-flex w-fit cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          {...input}
          aria-describedby={hint === undefined ? undefined : id}
          className="accent-accent size-4 shrink-0"
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <span id={id} className="text-mute ps-6 text-xs">
          {hint}
        </span>
      )}
    </div>
  );
}

/** Leaves out what is undefined. */
function frameOf(props: { [key in keyof FieldOnly]?: FieldOnly[key] | undefined } & { label: string }): FieldOnly {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as unknown as FieldOnly;
}
