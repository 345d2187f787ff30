import { isCode, type Code } from './code.ts'
import { completeEntry } from './complete-entry.ts'
import {
  changedEntry,
  defineEntry,
  type Entry,
  type EntryDefinition,
  type EntrySurroundings,
  type ErrorsDefinition,
} from './entry.ts'
import { moduleStatus } from './module.ts'
import { RESERVED_NAMES } from '../guard/own.ts'
import { isArray } from '../guard/read.ts'
import { SetupError, show } from '../guard/setup-error.ts'

/** The errors of one catalog, and what they are checked against. */
export interface EntriesDefinition extends EntrySurroundings {
  readonly errors: ErrorsDefinition
  /** The status of errors that nobody else gives one. */
  readonly status: number | undefined
  /** Codes that may not be used again. */
  readonly retired: readonly Code[]
  /** The errors of the catalog that this one extends. */
  readonly inherited: Iterable<Entry>
}

/** Checks all errors of a catalog and returns them by key: those that it extends, then its own as they are written. */
export function defineEntries(where: string, definition: EntriesDefinition): ReadonlyMap<Code, Entry> {
  const own = readDefinitions(where, definition.errors)
  const entries = new Map<Code, Entry>()
  for (const entry of definition.inherited) {
    // A success of another code is none here, and no error either.
    if (entry.isSuccess !== (entry.code === definition.successCode)) continue
    entries.set(entry.key, changedEntry(completeEntry(entry), { namespace: definition.name }))
  }
  const inherited = new Set(entries.keys())
  const known = (key: Code): EntryDefinition | undefined => own.get(key) ?? entries.get(key)
  for (const [key, given] of own) {
    const parents = memberOf(given, 'parent') === undefined ? undefined : parentsOf(where, key, known)
    const status = memberOf(given, 'status') ?? inheritedStatus([key, ...(parents ?? [])], known, definition)
    entries.set(key, defineEntry(key, given, definition, { status, parents }))
  }
  if (inherited.size > 0) checkTwins(where, [...own.keys()], inherited)
  for (const { key, parents } of definition.inherited) {
    // One of them may refine another error here.
    if (own.has(key) || !entries.has(key) || !parents.some((parent) => own.has(parent))) continue
    entries.set(key, changedEntry(entries.get(key)!, { parents: parentsOf(where, key, known) }))
  }
  if (entries.size === 0) throw new SetupError(`${where} has no errors. Define at least one.`)
  checkTogether(where, entries, definition)
  return entries
}

/** Keys that differ only in case are one to a person, also where one of them comes from another catalog. */
function checkTwins(where: string, own: readonly Code[], inherited: ReadonlySet<Code>): void {
  const names = new Map([...inherited].map((key) => [String(key).toLowerCase(), key]))
  for (const key of own) {
    const twin = names.get(String(key).toLowerCase())
    if (twin === undefined || inherited.has(key)) continue
    throw new SetupError(
      `${where} defines error ${show(key)}, and extends a catalog that has ${show(twin)}. Write both the same, or rename one.`,
    )
  }
}

/** Reads a member of a definition, which is not one that all objects have. */
function memberOf<TName extends keyof EntryDefinition>(
  definition: EntryDefinition | undefined,
  name: TName,
): EntryDefinition[TName] | undefined {
  return definition !== undefined && Object.hasOwn(definition, name) ? definition[name] : undefined
}

/** Reads the definitions by key, however many parts they are written in. */
function readDefinitions(where: string, errors: ErrorsDefinition): ReadonlyMap<Code, EntryDefinition> {
  const definitions = new Map<Code, EntryDefinition>()
  const seen = new Set<string>()
  for (const part of partsOf(where, errors)) {
    for (const [name, given] of Object.entries(part)) {
      const key = parseKey(where, name)
      // Keys that differ only in case are one to a person, and to a case-insensitive store.
      // Stryker disable next-line MethodExpression: keys are ASCII, and so are the same in upper case.
      if (seen.size === seen.add(name.toLowerCase()).size) {
        throw new SetupError(`${where} defines error ${show(key)} twice. Remove one of the two.`)
      }
      if (typeof given !== 'object' || given === null) {
        throw new SetupError(
          `${where}, error ${show(key)} is ${show(given)}. Give an object with status and message.`,
        )
      }
      definitions.set(key, given)
    }
  }
  return definitions
}

function partsOf(
  where: string,
  errors: ErrorsDefinition,
): readonly Readonly<Record<string, EntryDefinition>>[] {
  const parts: readonly unknown[] = isArray(errors) ? errors : [errors]
  return parts.map((part) => {
    if (typeof part !== 'object' || part === null) {
      throw new SetupError(`${where} has errors ${show(part)}. Give an object of key: { status, message }.`)
    }
    const prototype = Object.getPrototypeOf(part) as object | null
    if (prototype !== null && prototype !== Object.prototype) {
      if (Object.hasOwn(prototype, 'constructor')) {
        throw new SetupError(
          `${where} has errors in a class of its own. Give an object of key: { status, message }.`,
        )
      }
      throw new SetupError(`${where} defines the key "__proto__", which is a reserved name. Rename it.`)
    }
    return part as Readonly<Record<string, EntryDefinition>>
  })
}

const NUMBER = /^(?:0|[1-9]\d{0,14})$/
const WORD = /^[A-Za-z][\w.:/-]{0,127}$/

/** An object's keys are strings: those that read as a whole number are numbers. */
function parseKey(where: string, name: string): Code {
  // A function of the name `then` would make a promise of `errors`, which never resolves.
  if (RESERVED_NAMES.has(name) || name === 'prototype' || name === 'then') {
    throw new SetupError(`${where} defines the key ${show(name)}, which is a reserved name. Rename it.`)
  }
  if (NUMBER.test(name)) return Number(name)
  if (!WORD.test(name)) {
    const code = /^-\d{1,15}$/.test(name) ? Number(name) : name
    const advice = isCode(code)
      ? ` If clients are to see ${show(code)}, name it and give it code: ${show(code)}.`
      : ''
    throw new SetupError(
      `${where} defines the key ${show(name)}. Use a whole number such as 1006, or a word such as 'TOKEN_EXPIRED'.${advice}`,
    )
  }
  return name
}

/** Returns the keys that an error refines, the nearest first. */
function parentsOf(
  where: string,
  key: Code,
  known: (key: Code) => EntryDefinition | undefined,
): readonly Code[] {
  const parents: Code[] = []
  // A Set, since a line may be long.
  const met = new Set([key])
  let parent = memberOf(known(key), 'parent')
  while (parent !== undefined && met.size !== met.add(parent).size) {
    if (known(parent) === undefined) {
      const child = parents.at(-1) ?? key
      throw new SetupError(
        `${where}, error ${show(child)} has parent ${show(parent)}, which is not a key of the catalog. Name a common error.`,
      )
    }
    parents.push(parent)
    parent = memberOf(known(parent), 'parent')
  }
  if (parent !== undefined) {
    const circle = [key, ...parents, parent].map(show).join(' → ')
    throw new SetupError(`${where} has parents in a circle: ${circle}. Take one of them out.`)
  }
  return Object.freeze(parents)
}

/**
 * The status of an error that has none: what its nearest parent says, else its module, else that of a parent, else the
 * catalog.
 */
function inheritedStatus(
  line: readonly Code[],
  known: (key: Code) => EntryDefinition | undefined,
  { modules, status }: EntriesDefinition,
): number | undefined {
  for (const key of line) {
    const own = memberOf(known(key), 'status')
    if (own !== undefined) return own
  }
  for (const key of line) {
    const code = memberOf(known(key), 'code') ?? key
    const common = moduleStatus(code, memberOf(known(key), 'module'), modules)
    if (common !== undefined) return common
  }
  return status
}

/** Checks what only all errors together tell. */
function checkTogether(
  where: string,
  entries: ReadonlyMap<Code, Entry>,
  { successCode, retired }: EntriesDefinition,
): void {
  // As texts: to most clients, 7 and '7' are one code.
  const retiredCodes = new Set(retired.map(String))
  let success: Entry | undefined
  for (const entry of entries.values()) {
    const { key, code, parents, deprecated } = entry
    const reused =
      retiredCodes.size === 0 ? undefined : [code, key].find((each) => retiredCodes.has(String(each)))
    if (reused !== undefined) {
      throw new SetupError(
        `${where}, error ${show(key)} has the code ${show(reused)}, which is retired: old clients know it with another meaning. Give it a new one.`,
      )
    }
    if (entry.isSuccess) {
      if (success !== undefined) {
        throw new SetupError(
          `${where} has two successes, ${show(success.key)} and ${show(key)}: both have the code ${show(successCode)}. Remove one of the two.`,
        )
      }
      success = entry
    }
    if (parents.some((parent) => entries.get(parent)?.isSuccess)) {
      throw new SetupError(`${where}, error ${show(key)} has the success as its parent. Name a common error.`)
    }
    if (typeof deprecated === 'object' && (deprecated.use === key || !entries.has(deprecated.use))) {
      throw new SetupError(
        `${where}, error ${show(key)} is deprecated for ${show(deprecated.use)}, which is not another key of the catalog. Name the error to use instead.`,
      )
    }
  }
}
