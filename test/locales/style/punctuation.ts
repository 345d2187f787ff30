/** How a language quotes: the pairs of quotation marks that may stand in its texts, opening and closing mark in one string. */
export const QUOTES: Readonly<Record<string, readonly string[]>> = {
  ar: ['«»', '“”'],
  cs: ['„“', '‚‘'],
  da: ['»«', '”“', '””', '„“'],
  de: ['„“', '‚‘'],
  el: ['«»', '“”'],
  es: ['«»', '“”'],
  fi: ['””', '’’'],
  fr: ['«»', '“”'],
  he: ['””', '“”', '״״'],
  hi: ['“”', '‘’'],
  hu: ['„”', '»«'],
  id: ['“”', '‘’'],
  it: ['«»', '“”'],
  ja: ['「」', '『』'],
  ko: ['‘’', '“”'],
  nb: ['«»', '‘’'],
  nl: ['‘’', '“”'],
  pl: ['„”', '«»'],
  'pt-BR': ['“”', '‘’'],
  'pt-PT': ['«»', '“”'],
  ro: ['„”', '«»'],
  ru: ['«»', '„“'],
  sv: ['””', '’’'],
  th: ['“”', '‘’'],
  tr: ['“”', '‘’'],
  uk: ['«»', '„“'],
  vi: ['“”', '‘’'],
  'zh-CN': ['“”', '‘’'],
  'zh-TW': ['「」', '『』'],
}

/** What ends a sentence where it is not a full stop. Thai ends it by a blank. */
export const FULL_STOP: Readonly<Record<string, string>> = {
  hi: '।',
  ja: '。',
  th: '',
  'zh-CN': '。',
  'zh-TW': '。',
}

/** Characters that a language writes otherwise, and how. */
export const WRITTEN_OTHERWISE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ar: { ',': '،', ';': '؛', '?': '؟' },
  // In Greek it asks.
  el: { ';': '·' },
  // Thai parts by blanks; both are taken for English.
  th: { ',': ' ', ';': ' ' },
}

/** Languages that are written with full-width punctuation. */
export const FULL_WIDTH: readonly string[] = ['ja', 'zh-CN', 'zh-TW']

/** Languages that part their own letters from Latin ones and from digits by a blank, and those that do not. */
export const PARTED_FROM_LATIN: Readonly<
  Record<string, { readonly script: string; readonly isParted: boolean }>
> = {
  ja: { script: String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー`, isParted: false },
  th: { script: String.raw`\p{sc=Thai}`, isParted: true },
  'zh-CN': { script: String.raw`\p{sc=Han}`, isParted: true },
  'zh-TW': { script: String.raw`\p{sc=Han}`, isParted: true },
}
