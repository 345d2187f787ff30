import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { isArray, isRecord } from '../../guard/read.ts'
import { readOwn } from '../../guard/own.ts'
import { nearest, show } from '../../guard/setup-error.ts'
import { JsonError, parseJson } from '../lint/json.ts'
import { UsageError } from './command.ts'
import type { Config } from './config.ts'

const NAMES = ['bizerror.config.ts', 'bizerror.config.js', 'bizerror.config.mjs', 'bizerror.config.json']

/** Where the config stands. Undefined: nowhere, and all is as by default. */
export function findConfig(cwd: string, given: string | undefined): string | undefined {
  if (given !== undefined) {
    const file = resolve(cwd, given)
    if (existsSync(file) && statSync(file).isFile()) return file
    throw new UsageError(`There is no config file ${given}. Give --config another path, or leave it out.`)
  }
  const file = NAMES.map((name) => join(cwd, name)).find((path) => existsSync(path))
  if (file !== undefined) return file
  const manifest = join(cwd, 'package.json')
  return existsSync(manifest) && readOwn(readJson(manifest, cwd), 'bizerror') !== undefined
    ? manifest
    : undefined
}

/** @throws UsageError - for what is no JSON */
export function readJson(file: string, cwd: string): unknown {
  const where = relative(cwd, file)
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError(`${where} cannot be read: ${(error as Error).message}`)
  }
  try {
    return parseJson(text).value
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const before = text.slice(0, error.offset).split('\n')
    throw new UsageError(
      `${where}:${before.length}:${before.at(-1)!.length + 1} is no JSON. ${error.message}`,
    )
  }
}

type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'code'
  | readonly string[]
  | { readonly list: Shape }
  | { readonly record: Shape }
  | { readonly members: Readonly<Record<string, Shape>>; readonly required?: readonly string[] }
  | { readonly either: readonly Shape[] }

const TEXTS: Shape = { list: 'text' }

const SHAPES: Readonly<Record<keyof Config, Shape>> = {
  catalogs: TEXTS,
  locales: 'text',
  handler: 'text',
  sources: TEXTS,
  dump: 'text',
  api: { members: { title: 'text', version: 'text' } },
  lint: {
    members: {
      preset: ['recommended', 'strict'],
      rules: { record: ['error', 'warning', 'info', 'off'] },
      ignore: {
        list: {
          members: { rule: 'text', code: 'code', key: 'code', file: 'text', reason: 'text' },
          required: ['rule', 'reason'],
        },
      },
      terms: {
        record: {
          members: { source: 'text', isOnly: 'flag', translations: { record: 'text' } },
          required: ['translations'],
        },
      },
    },
  },
  diff: {
    members: {
      codes: ['open', 'closed'],
      allow: {
        list: {
          members: { fingerprint: 'text', reason: 'text', until: 'text' },
          required: ['fingerprint', 'reason'],
        },
      },
      requireMajor: 'flag',
    },
  },
  docs: { members: { title: 'text', base: 'text', hide: { list: 'code' }, languages: TEXTS } },
  openapi: {
    members: {
      version: ['3.0', '3.1'],
      detail: ['code', 'status'],
      examples: { either: [['all', 'none'], TEXTS] },
      merge: 'text',
    },
  },
  codegen: {
    list: {
      members: {
        language: ['typescript', 'go', 'python', 'java', 'kotlin'],
        output: 'text',
        package: 'text',
      },
      required: ['language', 'output'],
    },
  },
  coverage: { members: { min: 'number', per: ['code', 'module'] } },
}

/**
 * Checks what a config file holds.
 *
 * @param where - names the file
 * @throws UsageError - names the member, shows its value, says what to give
 */
export function checkConfig(value: unknown, where: string): Config {
  check(value, { members: SHAPES }, where)
  return value as Config
}

function check(value: unknown, shape: Shape, where: string): void {
  const remedy = remedyFor(value, shape)
  if (remedy !== undefined) throw new UsageError(`${where} is ${show(value)}. Give ${remedy}.`)
  if (typeof shape === 'string' || isArray(shape)) return
  if ('list' in shape)
    (value as unknown[]).forEach((each, index) => check(each, shape.list, `${where}[${index}]`))
  else if ('record' in shape)
    for (const [name, each] of Object.entries(value as object)) check(each, shape.record, `${where}.${name}`)
  else if ('members' in shape) checkMembers(value as object, shape, where)
}

function checkMembers(
  value: object,
  { members, required = [] }: Extract<Shape, { members: unknown }>,
  where: string,
): void {
  const names = Object.keys(members)
  for (const [name, each] of Object.entries(value)) {
    if (!names.includes(name)) {
      // A JSON file may name its schema.
      if (name === '$schema') continue
      const meant = nearest(name, names)
      throw new UsageError(
        `${where} has no ${show(name)}. ${meant === undefined ? `Known are: ${names.join(', ')}.` : `Did you mean ${meant}?`}`,
      )
    }
    if (each !== undefined) check(each, members[name]!, `${where}, ${name}`)
  }
  const missing = required.find((name) => readOwn(value, name) === undefined)
  if (missing !== undefined)
    throw new UsageError(`${where} has no ${missing}. Give it: ${required.join(' and ')} are required.`)
}

function remedyFor(value: unknown, shape: Shape): string | undefined {
  if (shape === 'text') return typeof value === 'string' && value.trim() !== '' ? undefined : 'a text'
  if (shape === 'number') return typeof value === 'number' ? undefined : 'a number'
  if (shape === 'flag') return typeof value === 'boolean' ? undefined : 'true or false'
  if (shape === 'code') return ['string', 'number'].includes(typeof value) ? undefined : 'a code or a key'
  if (isChoices(shape)) {
    return typeof value === 'string' && shape.includes(value) ? undefined : `one of ${shape.join(', ')}`
  }
  if ('list' in shape) return isArray(value) ? undefined : 'an array'
  if ('either' in shape) {
    const remedies = shape.either.map((each) => remedyFor(value, each))
    return remedies.includes(undefined) ? undefined : remedies.join(', or ')
  }
  return isRecord(value) ? undefined : 'an object'
}

function isChoices(shape: Shape): shape is readonly string[] {
  return isArray(shape)
}
