import { useEffect, useState } from "react";
import type { ReactNode } from "react";

import { decimal } from "@/shared/numbers";
import { getSettings, updateSettings, useFormats, useLocale, useSettings } from "@/shared/settings";
import { AmountField, Change, Checkbox, Choice, Panel, SelectField, Time, typed, useAmount } from "@/shared/ui";

import { localeOptions } from "./locales";

const THEMES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
const ZONES = [
  { value: "local", label: "This device" },
  { value: "utc", label: "UTC" },
] as const;
const COLORS = [
  { value: "green-red", label: "Green and red" },
  { value: "blue-orange", label: "Blue and orange" },
] as const;
const HELD_SINCE = "2026-01-31T21:45:00Z"; // an example

/** What is kept on this device alone, and takes effect at once. */
export function SettingsPanel(): ReactNode {
  const { theme, locale, zone, colors, isRedUp, hasShortcuts, hidesAmounts } = useSettings();
  const { money, quantity } = useFormats();
  return (
    <Panel title="Settings of this device">
      <div className="flex flex-col gap-4">
        <Choice
          label="Theme"
          isLabelHidden={false}
          options={THEMES}
          value={theme}
          onChange={(value) => updateSettings({ theme: value })}
        />
        <SelectField
          label="Numbers and dates"
          options={localeOptions()}
          value={locale}
          onChange={({ target }) => updateSettings({ locale: target.value })}
          hint={
            <>
              <bdi>{money("1234567.5")}</bdi> · <bdi>{quantity("0.0625")} BTC</bdi> · <Time value={HELD_SINCE} />
            </>
          }
        />
        <Choice
          label="Time zone"
          isLabelHidden={false}
          options={ZONES}
          value={zone}
          onChange={(value) => updateSettings({ zone: value })}
        />
        <div className="flex flex-col gap-1">
          <Choice
            label="Colours of gains and losses"
            isLabelHidden={false}
            options={COLORS}
            value={colors}
            onChange={(value) => updateSettings({ colors: value })}
          />
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <Checkbox
              label={colors === "green-red" ? "Red is up, as in East Asia" : "Orange is up"}
              checked={isRedUp}
              onChange={({ target }) => updateSettings({ isRedUp: target.checked })}
            />
            <span className="flex gap-3">
              <Change value="2.35" /> <Change value="-1.08" />
            </span>
          </div>
        </div>
        <ConfirmFrom />
        <Checkbox
          label="Hide my amounts"
          hint="Also by the eye in the header. What you type, and what you are asked to confirm, stays in sight: you could not check it otherwise."
          checked={hidesAmounts}
          onChange={({ target }) => updateSettings({ hidesAmounts: target.checked })}
        />
        <Checkbox
          label="Single keys are shortcuts"
          hint="Press ? for the list."
          checked={hasShortcuts}
          onChange={({ target }) => updateSettings({ hasShortcuts: target.checked })}
        />
      </div>
    </Panel>
  );
}

/** From which sum on orders are confirmed. */
function ConfirmFrom(): ReactNode {
  const locale = useLocale();
  const [text, setText] = useState(() => typed(getSettings().confirmFrom, locale));
  const { confirmFrom } = useSettings();
  const { money } = useFormats();
  const amount = useAmount({ decimals: 2, state: [text, setText] });
  useEffect(() => {
    if (amount.value !== undefined) {
      updateSettings({ confirmFrom: amount.value });
    }
  }, [amount.value]);
  return (
    <AmountField
      label="Confirm orders from"
      unit="USD"
      amount={amount}
      hint={
        decimal(confirmFrom)?.eq(0) === true
          ? "0: on this device, every order is shown once more before it is sent."
          : `On this device, orders below ${money(confirmFrom)} are sent at once. Other devices have their own setting.`
      }
    />
  );
}
