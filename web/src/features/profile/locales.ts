/** The locales to choose from; numbers are typed and shown as in them. */

const LOCALES = [
  ...["en-US", "en-GB", "en-IN", "de-DE", "de-CH", "fr-FR", "es-ES", "es-MX", "it-IT", "nl-NL", "pl-PL", "pt-BR"],
  ...["sv-SE", "tr-TR", "uk-UA", "ar", "ar-EG", "fa", "he", "hi", "bn", "th-TH", "id-ID", "vi-VN", "ja-JP", "ko-KR"],
  ...["zh-CN", "zh-TW"],
];

/** All of them by name, each in its own language, and the one of the browser first. */
export function localeOptions(): readonly { readonly value: string; readonly label: string }[] {
  const named = LOCALES.map((value) => ({ value, label: nameOf(value) }));
  named.sort((one, other) => one.label.localeCompare(other.label));
  return [{ value: "auto", label: `As the browser (${nameOf(navigator.language)})` }, ...named];
}

function nameOf(locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
