import { extname, relative, resolve, sep } from 'node:path'
import { readOwn } from '../../guard/own.ts'
import { encodingFault, readBytes } from '../../locale/sources/file.ts'
import { createLayout } from '../../locale/sources/load-path.ts'
import { parserOf } from '../../locale/sources/parsers.ts'
import { JsonError, parseJson } from './json.ts'
import {
  ourSubjects,
  subjectOf,
  type LocalesPlace,
  type Located,
  type Position,
  type Subject,
  type Translation,
} from './subject.ts'
import { createPositions, createTranslation, type Content } from './translation.ts'

/** The translations that were found, and where others would be. */
export interface Read {
  readonly translations: readonly Translation[]
  /** The names that stand for a language where files are looked for, also where there are none. */
  readonly languages: readonly string[]
  /** Says where the file of a subject in a language would be. Undefined where texts stand in code. */
  readonly placeOf: (subject: Subject, locale: string) => string | undefined
}

/**
 * Reads the translations of catalogs.
 *
 * @param cwd - the folder that paths start at
 * @throws SetupError - for a place that is none, and for a file that cannot be read or is too large
 */
export function readTranslations(subjects: readonly Subject[], cwd: string): Read {
  const translations = new Map<string, Translation>()
  const languages = new Set<string>()
  const patterns = new Map<Subject, string>()

  function look(subject: Subject, { catalog, path }: LocalesPlace, isOwn: boolean): void {
    const { candidatesOf, pathOf } = createLayout(resolve(cwd, path), 'Option --locales', catalog)
    if (isOwn && !patterns.has(subject)) patterns.set(subject, pathOf(subject.name))
    const files = new Map<string, string>()
    for (const { locale, file, isThere } of candidatesOf(subject.name)) {
      if (isOwn) languages.add(locale)
      if (!isThere) continue
      const twin = files.get(locale)
      const place = { subject, locale, file: relativePath(cwd, file), isOwn }
      files.set(locale, place.file)
      if (translations.has(file)) continue
      const content = readContent(file)
      const duplicates = [...(content.duplicates ?? []), ...(twin === undefined ? [] : [twinFault(twin)])]
      translations.set(file, createTranslation(place, { ...content, duplicates }))
    }
  }

  function addFromCode(subject: Subject): void {
    for (const [index, { resources }] of subject.texts.entries()) {
      for (const locale of Object.keys(resources)) {
        const value = readOwn(readOwn(resources, locale), subject.name)
        if (value === undefined) continue
        languages.add(locale)
        const place = { subject, locale, file: undefined, isOwn: true }
        translations.set(`${subject.name} ${index} ${locale}`, createTranslation(place, { value }))
      }
    }
  }

  const byName = new Map(subjects.map((subject) => [subject.name, subject]))
  for (const subject of subjects) {
    for (const place of subject.places) {
      if (place.catalog === subject.name) look(subject, place, true)
      // A catalog that it extends, with texts of its own.
      else if (!byName.has(place.catalog))
        look(subjectOf(subject.catalog, { ...subject, name: place.catalog }), place, false)
    }
    addFromCode(subject)
  }
  for (const ours of ourSubjects()) {
    if (byName.has(ours.name)) continue
    for (const { places } of subjects) for (const place of places) look(ours, place, true)
  }
  return {
    translations: [...translations.values()],
    languages: [...languages],
    placeOf(subject, locale) {
      const pattern = patterns.get(subject)
      return (
        pattern &&
        relativePath(
          cwd,
          pattern.replaceAll('{{lng}}', () => locale),
        )
      )
    },
  }
}

function twinFault(file: string): Located {
  return {
    fault: `the file is of the same language as ${file}. Put their texts into one.`,
    position: undefined,
  }
}

/** With slashes, on every system. */
function relativePath(cwd: string, file: string): string {
  return relative(cwd, file).split(sep).join('/')
}

// As yaml and json5 say it.
const AT = /\s+at (?:line )?(\d+)(?:, column |:)(\d+)$/

function readContent(file: string): Content {
  const { maxBytes, load } = parserOf(file)
  const bytes = readBytes(file, maxBytes)
  const encoding = encodingFault(bytes)
  if (encoding !== undefined) return faulty(`the file ${encoding}`)
  const text = bytes.toString().replace(/^\uFEFF/, '')
  if (extname(file).toLowerCase() === '.json') return readJson(text)
  const parse = load(file)
  try {
    return { value: parse(text) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const [whole = '', line, column] = AT.exec(message) ?? []
    const said = message.slice(0, message.length - whole.length)
    const position = line === undefined ? undefined : { line: Number(line), column: Number(column) }
    return faulty(`the file cannot be parsed: ${said}.`, position)
  }
}

/** @param text - of a file, without a byte order mark */
export function readJson(text: string): Content {
  const at = createPositions(text)
  try {
    const { value, offsetOf, duplicates } = parseJson(text)
    return {
      value,
      duplicates: duplicates.map(({ name, offset }) => ({
        fault: `${JSON.stringify(name)} stands twice, and the last is read. Take one away.`,
        position: at(offset),
      })),
      positionOf(holder, name) {
        const offset = holder && offsetOf(holder, name)
        return offset === undefined ? undefined : at(offset)
      },
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return faulty(`the file is no JSON. ${error.message}.`, at(error.offset))
  }
}

function faulty(fault: string, position?: Position): Content {
  return { value: undefined, fault: { kind: 'syntax', fault, position } }
}
