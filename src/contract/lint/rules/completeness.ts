import type { Entry, TextField } from '../../../catalog/entry.ts'
import { levels, type Found, type Rule } from '../rule.ts'

const STRICT = levels('off', 'warning')

export const COMPLETENESS_RULES: readonly Rule[] = [
  lacks('title', 'A title says what an error is in a few words, for lists and for the problem envelope.'),
  lacks('action', 'Clients who read what to do need not ask.'),
  lacks('description', 'The page of the error explains nothing without one.'),
  {
    id: 'entry-no-module',
    family: 'catalog',
    levels: STRICT,
    what: 'An error belongs to no module, in a catalog that has some.',
    why: 'Documentation lists it apart from those that it belongs with.',
    of: 'entry',
    check: (entry, { catalog }) =>
      isError(entry) && entry.module === undefined && catalog.modules.size > 0
        ? `is of no module. Name one: ${[...catalog.modules.keys()].slice(0, 5).join(', ')}.`
        : undefined,
  },
  {
    id: 'module-empty',
    family: 'catalog',
    levels: STRICT,
    what: 'A module has no errors.',
    why: 'It is left over, or the ranges of its errors are wrong.',
    of: 'catalog',
    *check({ catalog, entries }): Iterable<Found> {
      const used = new Set(entries.map(({ module }) => module))
      for (const name of catalog.modules.keys()) {
        if (!used.has(name))
          yield { message: `the module ${name} has no errors. Take it away, or look at its range.` }
      }
    },
  },
]

function lacks(field: TextField, why: string): Rule {
  return {
    id: `entry-no-${field}`,
    family: 'catalog',
    levels: STRICT,
    what: `An error has no ${field}.`,
    why,
    of: 'entry',
    check: (entry) =>
      isError(entry) && entry[field] === undefined ? `has no ${field}. Write one.` : undefined,
  }
}

function isError({ isSuccess }: Entry): boolean {
  return !isSuccess
}
