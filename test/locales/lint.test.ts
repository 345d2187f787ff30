import { expect, test } from 'vitest'
import { REFERENCE_WORDS } from '../../src/locale/reference-words.ts'
import { lint } from '../../src/contract/lint/lint.ts'
import { readTranslations } from '../../src/contract/lint/read.ts'
import { RULES } from '../../src/contract/lint/rules.ts'
import { QUOTES } from '../../src/contract/lint/rules/style/punctuation.ts'
import { ourSubjects, subjectOf, type Subject } from '../../src/contract/lint/subject.ts'
import { compileTerms } from '../../src/contract/lint/terms.ts'
import type { Finding } from '../../src/contract/findings/finding.ts'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from './languages.ts'
import { CATALOG_TERMS, COMMON_TERMS, SAID_OF_SEVERAL, TERMS, UNMISTAKABLE } from './style/terms.ts'

const cwd = new URL('../../', import.meta.url).pathname

const reference = defineCatalog({
  name: 'words',
  errors: Object.fromEntries(
    Object.entries(REFERENCE_WORDS).map(([word, message]) => [word, { status: 400, message }]),
  ),
})

const subjects: readonly Subject[] = [cdn, cloudWaf, gateway, secrets].map((catalog) =>
  subjectOf(catalog, {
    file: `src/catalogs/${catalog.name}.ts`,
    places: [{ catalog: catalog.name, path: 'locales' }],
  }),
)
const ours: readonly Subject[] = ['http', 'fields'].flatMap((name) =>
  ourSubjects({ isWhole: true, places: [{ catalog: name, path: 'locales' }] }).filter(
    (subject) => subject.name === name,
  ),
)
const words = subjectOf(reference, { name: 'reference', places: [{ catalog: 'reference', path: 'locales' }] })
const all = [...subjects, ...ours, words]
const read = readTranslations(all, cwd)

const terms = compileTerms(
  Object.fromEntries(
    Object.entries({ ...COMMON_TERMS, ...CATALOG_TERMS }).map(([term, { source }]) => [
      term,
      {
        source,
        isOnly: UNMISTAKABLE.includes(term),
        translations: Object.fromEntries(
          Object.entries(TERMS).flatMap(([locale, words]) => (term in words ? [[locale, words[term]!]] : [])),
        ),
      },
    ]),
  ),
)

/** All rules of translations as errors, those of style as well. */
const findings = lint(
  { subjects: all, ...read },
  {
    levels: new Map(RULES.filter(({ family }) => family === 'locales').map(({ id }) => [id, 'error'])),
    only: 'locales',
    settings: { terms },
  },
)

function shown({ file, line, key, rule, message }: Finding): string {
  return `${file}:${line} ${key} ${rule} ${message}`
}

/** The text of the source that a finding is about. */
function sourceOf({ catalog, key, message }: Finding): string | undefined {
  const entry = all.find(({ name }) => name === catalog)?.find(String(key))
  const field = message.split(' ', 1)[0] as 'message'
  return entry?.[field]
}

// The vendor's own Chinese texts, kept word for word.
const isVendors = ({ file, rule }: Finding): boolean =>
  file === 'locales/zh-CN/cdn.json' && rule.startsWith('style-')

// Languages that have the texts alone that serve every app.
const isOfOthers = ({ rule, file = '' }: Finding): boolean =>
  rule === 'locale-file-missing' &&
  WITH_COMMON_TEXTS.some((locale) => file.startsWith(`locales/${locale}/`)) &&
  /\/(?:cdn|cloud-waf|gateway|secrets)\.json$/.test(file)

const isOfSeveral = (finding: Finding): boolean =>
  finding.rule === 'style-same-translation' && (sourceOf(finding) ?? '') in SAID_OF_SEVERAL

// Words of the reference that some languages spell as English does: the test of texts in English lists them.
const isSpelledAlike = ({ rule, catalog }: Finding): boolean =>
  rule === 'text-untranslated' && catalog === 'reference'

test('a lint of all translations finds nothing, with all rules of style', () => {
  expect(read.translations.length).toBeGreaterThan(100)
  const known = [isVendors, isOfOthers, isOfSeveral, isSpelledAlike]
  expect(findings.filter((finding) => !known.some((is) => is(finding))).map(shown)).toEqual([])
  for (const is of known) expect(findings.filter(is).length, is.name).toBeGreaterThan(0)
})

test('every language but that of the source says how it quotes', () => {
  const translated = [...WITH_CATALOGS, ...WITH_COMMON_TEXTS].filter((locale) => locale !== 'en')
  expect(Object.keys(QUOTES).sort()).toEqual(translated.sort())
})

test('source texts that stand for several things are each needed by some language', () => {
  const needed = findings.filter(isOfSeveral).map((finding) => String(sourceOf(finding)))
  expect([...new Set(needed)].sort()).toEqual(Object.keys(SAID_OF_SEVERAL).sort())
})

test('a lint of the reference catalogs finds no error', () => {
  const levels = new Map(RULES.map(({ id, levels }) => [id, levels.recommended]))
  const found = lint({ subjects, ...read }, { levels, only: 'catalog' })
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter(({ level }) => level === 'error').map(shown)).toEqual([])
})
