import { expect } from 'vitest'
import { FIELD_TEXTS } from '../../src/catalog/field-texts.ts'
import type { FieldCode } from '../../src/catalog/field.ts'
import type { Answer } from '../support/answers.ts'
import type { Framework } from '../support/frameworks.ts'
import { answerOf, answersOn } from '../support/stacks.ts'

/** One field as the client is told of it, in the words of its code. */
export function field(
  path: string,
  code: FieldCode,
  params?: Readonly<Record<string, string | number>>,
): object {
  const text: { readonly title: string; readonly message?: string } = FIELD_TEXTS[code]
  if (params === undefined) return { path, code, message: text.title }
  const message = text.message!.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => shown(params[name]))
  return { path, code, message, params }
}

/** Two types are alternatives. */
function shown(value: string | number | undefined): string {
  return String(value).replace(', ', ' or ')
}

/** The answer to input in which these fields are wrong. */
export function invalid(...fields: readonly object[]): Answer {
  const answer = answerOf('validation-failed')
  return { ...answer, body: { ...(answer.body as object), details: { fields } } }
}

/** Tests that each app answers so to a request. */
export async function expectAnswer(
  apps: readonly Framework[],
  request: Parameters<typeof answersOn>[1],
  answer: Answer,
): Promise<void> {
  expect(await answersOn(apps, request)).toEqual(Object.fromEntries(apps.map(({ name }) => [name, answer])))
}

/** A request with a JSON body. */
export function posting(body: unknown, path = '/'): RequestInit & { readonly path: string } {
  return { path, method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
