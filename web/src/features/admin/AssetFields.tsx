import type { ReactNode } from "react";
import { useController } from "react-hook-form";
import type { UseFormReturn } from "react-hook-form";

import { broken, contract } from "@/shared/api";
import { useFormats, useLocale } from "@/shared/settings";
import { AmountField, SelectField, TextField, useAmount } from "@/shared/ui";

import { plainNumber } from "./assetValues";
import type { AssetValues, NumberName, TextName } from "./assetValues";

interface FieldsProps {
  readonly form: UseFormReturn<AssetValues>;
  readonly unit: string;
}

const STEPS = Array.from({ length: 15 }, (_, place) =>
  place < 8 ? `0.${"0".repeat(7 - place)}1` : `1${"0".repeat(place - 8)}`,
);

/** The name, the supply and the rules of an asset. */
export function AssetFields({ form, unit }: FieldsProps): ReactNode {
  const { quantity } = useFormats();
  const steps = STEPS.map((value) => ({ value, label: quantity(value) }));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="Name" required {...text(form, "name")} />
        <TextField label="Category" hint="For example layer-1, defi, stablecoin" required {...text(form, "category")} />
      </div>
      <TextField label="Description" isOptional {...text(form, "description")} />
      <TextField label="Address of an image" isOptional type="url" {...text(form, "image")} />
      <div className="grid gap-3 sm:grid-cols-2">
        <NumberField form={form} name="circulating_supply" label="Units in circulation" unit={unit} decimals={8} />
        <NumberField form={form} name="max_supply" label="Units at most (empty: no limit)" unit={unit} decimals={8} />
        <SelectField label="Step of quantities" options={steps} {...text(form, "quantity_increment")} />
        <SelectField label="Step of prices" options={steps} {...text(form, "price_increment")} />
        <NumberField form={form} name="order_value_min" label="Smallest order" unit="USD" decimals={2} />
        <NumberField form={form} name="order_value_max" label="Largest order" unit="USD" decimals={2} />
      </div>
    </>
  );
}

function text(
  form: UseFormReturn<AssetValues>,
  name: TextName,
): ReturnType<typeof form.register> & { error: string | undefined } {
  const rule = contract.CreateAssetRequest[name];
  const props = form.register(name, { validate: (value) => broken(rule, value.trim()) });
  return { ...props, error: form.formState.errors[name]?.message };
}

interface NumberFieldProps {
  readonly form: UseFormReturn<AssetValues>;
  readonly name: NumberName;
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
}

function NumberField({ form, name, label, unit, decimals }: NumberFieldProps): ReactNode {
  const locale = useLocale();
  const isNeeded = name !== "max_supply";
  const {
    field: { ref, value, onChange },
    fieldState,
  } = useController({
    control: form.control,
    name,
    rules: {
      validate: (typed) => {
        const number = plainNumber(typed, locale);
        const rule = { ...contract.CreateAssetRequest[name], required: isNeeded };
        return number === undefined ? "It cannot be read." : broken(rule, number);
      },
    },
  });
  const amount = useAmount({ decimals, state: [value, onChange] });
  return <AmountField ref={ref} label={label} unit={unit} amount={amount} error={fieldState.error?.message} />;
}
