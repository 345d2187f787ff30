import { styleText } from 'node:util'
import type { ListedCatalog, ListedPlace, ListedScan } from './list.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

/** What a place does with an error, where it does not make it. */
const HOW: Readonly<Record<ListedPlace['how'], string>> = {
  made: '',
  given: '  handed on',
  asked: '  asked for',
}

/** A scan for a terminal: each error on a line, and its places below each other beside it. */
export function scanText({ files, catalogs, unknown }: ListedScan, colors: boolean): string {
  const paint: Paint = (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text)
  const blocks = [
    ...catalogs.map((catalog) => catalogText(catalog, paint)),
    ...placesText(
      'Which error is known only when it runs',
      catalogs.flatMap(({ dynamic }) => dynamic),
      paint,
    ),
    ...placesText('The catalog cannot be followed', unknown, paint),
    summaryOf(files, catalogs),
  ]
  return `${blocks.join('\n\n')}\n`
}

function catalogText({ catalog, errors }: ListedCatalog, paint: Paint): string {
  const names = errors.map(({ key, code }) => (key === code ? String(key) : `${key} (${code})`))
  const width = Math.max(0, ...names.map(({ length }) => length)) + 2
  const lines = errors.flatMap(({ places, namedBy }, index) => {
    const name = names[index]!.padEnd(width)
    if (places.length === 0) {
      const how = namedBy.length === 0 ? 'nowhere' : `by ${namedBy.join(', ')}`
      return [`  ${name}${paint('dim', how)}`]
    }
    return places.map(
      (place, row) =>
        `  ${row === 0 ? paint('bold', name) : ' '.repeat(width)}${positionOf(place)}${paint('dim', HOW[place.how])}`,
    )
  })
  return [paint('underline', catalog), ...lines].join('\n')
}

function placesText(heading: string, places: readonly ListedPlace[], paint: Paint): readonly string[] {
  if (places.length === 0) return []
  const width = Math.max(...places.map((place) => positionOf(place).length)) + 2
  const lines = places.map((place) => `  ${positionOf(place).padEnd(width)}${paint('dim', place.text)}`)
  return [[paint('underline', heading), ...lines].join('\n')]
}

function positionOf({ file, line, column }: ListedPlace): string {
  return `${file}:${line}:${column}`
}

function summaryOf(files: number, catalogs: readonly ListedCatalog[]): string {
  const errors = catalogs.flatMap((catalog) => catalog.errors)
  const made = errors.filter(({ places }) => places.some(({ how }) => how !== 'asked'))
  return `${made.length} of ${counted(errors.length, 'error')} made somewhere in ${counted(files, 'source file')}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
