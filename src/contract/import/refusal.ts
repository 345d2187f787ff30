import { createCatalog } from '../../catalog/catalog.ts'
import type { EntryDefinition } from '../../catalog/entry.ts'
import { setMember } from '../../guard/own.ts'
import { SetupError } from '../../guard/setup-error.ts'
import { isTodo, type Imported } from './model.ts'

/** What the catalog would say of the source that is written for it, TODOs aside. Undefined: it takes it. */
export function refusalOf({
  name,
  sourceLocale,
  status,
  success,
  modules,
  entries,
}: Imported): string | undefined {
  const errors: Record<string, EntryDefinition> = {}
  for (const { key, code, status: own, texts, module, retryAfter } of entries) {
    const { message, title, description, action } = texts
    setMember(errors, String(key), {
      code: isTodo(code) ? key : code,
      status: isTodo(own) ? 500 : own,
      message: typeof message === 'string' ? message : 'TODO',
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof description === 'string' ? { description } : {}),
      ...(typeof action === 'string' ? { action } : {}),
      module,
      retryAfter,
    })
  }
  const parts = modules.map(({ name: part, title, description, ranges }) => [
    part,
    {
      ...(ranges.length === 0 ? {} : { range: ranges.map(([first, last]) => `${first}-${last}`).join(',') }),
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
    },
  ])
  try {
    createCatalog({
      name,
      sourceLocale,
      errors,
      modules: Object.fromEntries(parts),
      ...(status === undefined ? {} : { status }),
      ...(success === undefined ? {} : { success }),
    })
    return undefined
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
}
