// `npm run cldr`: makes the table of languages and regions from the data of the Unicode CLDR (UTS #35).
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { format, resolveConfig } from 'prettier'
import { ROOT } from './entries.ts'

export const TABLE = `${ROOT}src/locale/language/cldr.ts`

const load = createRequire(import.meta.url)

interface Match {
  readonly _desired: string
  readonly _supported: string
  readonly _distance: number
  readonly _oneway?: boolean
}

interface Matching {
  readonly languageMatch: readonly Match[]
  readonly matchVariables: Readonly<Record<string, { readonly _value: string }>>
  readonly paradigmLocales: { readonly _locales: readonly string[] }
}

type Grouped = Readonly<Record<string, Readonly<Record<string, string>>>>

function supplemental(file: string): Record<string, unknown> {
  const { supplemental } = load(`cldr-core/supplemental/${file}.json`) as { supplemental: object }
  return supplemental as Record<string, unknown>
}

const matching = (supplemental('languageMatching')['languageMatching'] as { 'written-new': Matching })[
  'written-new'
]

function languageAndScript(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize()
  return `${language}-${script}`
}

/** Regions by the region whose texts their readers take, in one language and script: es-Latn, 419: AR BO … */
function parents(): Grouped {
  const { parentLocale } = supplemental('parentLocales')['parentLocales'] as {
    parentLocale: Readonly<Record<string, string>>
  }
  const groups: Record<string, Record<string, string[]>> = {}
  for (const [child, parent] of Object.entries(parentLocale)) {
    if (parent === 'und') continue
    const { region } = new Intl.Locale(child)
    const parentRegion = new Intl.Locale(parent).region
    const group = languageAndScript(child)
    if (region === undefined || parentRegion === undefined || group !== languageAndScript(parent)) continue
    ;((groups[group] ??= {})[parentRegion] ??= []).push(region)
  }
  return mapGroups(groups)
}

function mapGroups(groups: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): Grouped {
  return Object.fromEntries(
    Object.entries(groups).map(([group, byParent]) => [
      group,
      Object.fromEntries(Object.entries(byParent).map(([parent, regions]) => [parent, regions.join(' ')])),
    ]),
  )
}

interface Containment {
  readonly _contains?: readonly string[]
}

const containment = supplemental('territoryContainment')['territoryContainment'] as Readonly<
  Record<string, Containment>
>

/** All regions in one, such as 019, the Americas, and the groups of them, such as 419, Latin America. */
function regionsIn(region: string): readonly string[] {
  const inside = new Set(descendants(region))
  const groups = Object.keys(containment).filter(
    (group) =>
      /^\d{3}$/.test(group) && descendants(group).every((each) => each === group || inside.has(each)),
  )
  return [...inside, ...groups]
}

function descendants(region: string): readonly string[] {
  return [region, ...(containment[region]?._contains ?? []).flatMap(descendants)]
}

/** Regions that write a language alike, and otherwise than the rest of the world does. */
function alike(): Readonly<Record<string, string>> {
  const pairs = matching.languageMatch.flatMap(({ _desired, _supported }) => {
    const [language = '', script, variable] = _desired.split('-')
    if (variable === undefined || !/^\$[^!]/.test(variable) || _desired !== _supported) return []
    const tag = script === '*' ? language : `${language}-${script}`
    const regions = (matching.matchVariables[variable]?._value ?? '').split('+').flatMap(regionsIn)
    return [[languageAndScript(tag), [...new Set(regions)].toSorted().join(' ')] as const]
  })
  return Object.fromEntries(pairs)
}

/** Languages whose readers read another one in the same script, by that one and the distance. */
function near(): Grouped {
  const groups: Record<string, Record<string, string[]>> = {}
  for (const { _desired, _supported, _distance, _oneway } of matching.languageMatch) {
    if (/[-*]/.test(_desired)) continue
    add(_desired, _supported, _distance)
    if (_oneway !== true) add(_supported, _desired, _distance)
  }
  function add(desired: string, supported: string, distance: number): void {
    ;((groups[supported] ??= {})[distance] ??= []).push(desired)
  }
  return mapGroups(groups)
}

/** Returns the text of the table. */
export async function table(): Promise<string> {
  const { _unicodeVersion: unicode, _cldrVersion: version } = supplemental('parentLocales')[
    'version'
  ] as Record<string, string>
  const paradigms = JSON.stringify(matching.paradigmLocales._locales)
  const text = `// Made by \`npm run cldr\` from CLDR ${version} (Unicode ${unicode}, https://www.unicode.org/license.txt).

type Grouped = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Regions by the one whose texts their readers take, in a language and script (parentLocales). */
export const PARENTS: Grouped = ${JSON.stringify(parents())}

/** Regions that write a language alike, and otherwise than the rest of the world (languageMatching). */
export const ALIKE: Readonly<Record<string, string>> = ${JSON.stringify(alike())}

/** Of several locales that are as near, these are taken (languageMatching). */
export const PARADIGMS: readonly string[] = ${paradigms}

/** Languages whose readers read another one, by that one and how far it is from theirs (languageMatching). */
export const NEAR: Grouped = ${JSON.stringify(near())}
`
  return format(text, { ...(await resolveConfig(TABLE)), parser: 'typescript' })
}

if (import.meta.filename === process.argv[1]) {
  const made = await table()
  const changed = made !== readFileSync(TABLE, { encoding: 'utf8', flag: 'a+' })
  if (changed) writeFileSync(TABLE, made)
  console.log(changed ? `${TABLE} has changed` : 'Nothing has changed')
}
