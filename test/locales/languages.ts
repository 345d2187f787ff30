/** The languages that the whole package speaks: the texts of every catalog, and those of fields. */
export const WITH_CATALOGS = ['de', 'en', 'es', 'fr', 'ja', 'ko', 'pt-BR', 'ru', 'zh-CN', 'zh-TW'] as const

/** The languages with the texts that serve every app, whatever its catalog. */
export const WITH_COMMON_TEXTS = [
  'ar',
  'cs',
  'da',
  'el',
  'fi',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'nb',
  'nl',
  'pl',
  'pt-PT',
  'ro',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
] as const

const spoken = new Set<string>(WITH_CATALOGS)

/** The files that the folder of a language has. */
export function filesOf(locale: string): readonly string[] {
  const common = ['fields.json', 'http.json', 'reference.json']
  return spoken.has(locale)
    ? ['cdn.json', 'cloud-waf.json', 'gateway.json', 'secrets.json', ...common].sort()
    : common
}
