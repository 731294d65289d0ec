import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { api, broken, contract, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useDraft, useFormDraft } from "@/shared/lib";
import { useLocale } from "@/shared/settings";
import { AmountField, Dialog, ErrorState, Notice, SubmitButton, TextField, toast, useAmount } from "@/shared/ui";

import { AssetFields } from "./AssetFields";
import { newValues, plainValues } from "./assetValues";
import type { AssetValues } from "./assetValues";
import { useChange } from "./useChange";

const RULES = contract.CreateAssetRequest;

interface CreateProps {
  readonly onClose: () => void;
  readonly onCreated: (assetId: string) => void;
}

/** A new asset. It is not listed until it has stock and somebody opens it. */
export function CreateAssetDialog({ onClose, onCreated }: CreateProps): ReactNode {
  const locale = useLocale();
  const [symbol, setSymbol, clearSymbol] = useDraft("admin.create.symbol", "");
  const [priceText, setPriceText, clearPrice] = useDraft("admin.create.price", "");
  const [isSubmitted, setSubmitted] = useState(false);
  const price = useAmount({ decimals: 8, state: [priceText, setPriceText] });
  const { run, isBusy, error } = useChange(
    "create",
    async (body: Omit<Schemas["CreateAssetRequest"], "request_id">, request_id) =>
      dataOf(await api.POST("/api/v1/admin/assets", { body: { ...body, request_id } })),
    { isKept: true },
  );
  const symbolProblem = broken(RULES.asset_id, symbol);
  const priceProblem = broken(RULES.price_usd, price.value ?? "");
  const [symbolField, priceField] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const isBegun = symbolProblem === undefined && priceProblem === undefined;
  const form = useForm<AssetValues>({
    mode: "onTouched",
    defaultValues: newValues(locale),
    shouldFocusError: isBegun,
  });
  const clearForm = useFormDraft("admin.create", form, newValues(locale));
  const create = form.handleSubmit(async (values) => {
    if (symbolProblem !== undefined || price.value === undefined || priceProblem !== undefined) {
      return;
    }
    const body = { ...plainValues(values, locale), asset_id: symbol, price_usd: price.value };
    const asset = await run(body);
    if (asset !== undefined) {
      [clearForm, clearSymbol, clearPrice].forEach((clear) => clear());
      toast("good", `${symbol} is there. Add stock, then open it.`);
      onCreated(asset.asset_id);
    }
  });
  return (
    <Dialog title="Add an asset" isOpen onClose={onClose} isWide>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          setSubmitted(true);
          if (!isBegun) {
            (symbolProblem === undefined ? priceField : symbolField).current?.focus();
          }
          void create(event);
        }}
      >
        <Notice>A new asset has no stock and is not listed: add stock and open it afterwards.</Notice>
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            ref={symbolField}
            label="Symbol"
            hint="1 to 12 characters of A-Z and 0-9. It stays for ever."
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            required
            value={symbol}
            error={isSubmitted || symbol !== "" ? symbolProblem : undefined}
            onChange={({ target }) => setSymbol(target.value.toUpperCase().trim())}
          />
          <AmountField
            ref={priceField}
            label="Price of one unit"
            unit="USD"
            amount={price}
            error={isSubmitted ? priceProblem : undefined}
          />
        </div>
        <AssetFields form={form} unit={symbol === "" ? "units" : symbol} />
        {error !== undefined && <ErrorState isInline error={error} />}
        <SubmitButton isWide isBusy={isBusy} error={error}>
          Add the asset
        </SubmitButton>
      </form>
    </Dialog>
  );
}
