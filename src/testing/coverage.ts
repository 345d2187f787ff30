/**
 * Records which errors an app's tests make and answer: `bizerror coverage` reads it. To be loaded before the tests, as
 * `setupFiles` of vitest and jest, or by `node --import bizerror/testing/coverage`.
 *
 * Writes into the folder that the environment variable BIZERROR_COVERAGE names, else into `coverage/bizerror`.
 */
import { randomUUID } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { read, readItems } from '../guard/read.ts'

/** What stands at a channel while somebody records. It is the same one for all contexts of a thread. */
interface Recorder {
  readonly file: string
  readonly stop: () => void
}

// Not the context's own global: test runners give each file one of its own, and the channels are shared.
const RECORDER = Symbol.for('bizerror.coverage')

const MAX_FURTHER = 32

const made = channel('bizerror.made') as ReturnType<typeof channel> & { [RECORDER]?: Recorder }
const answered = channel('bizerror.answer')

const earlier = made[RECORDER]
earlier?.stop()

/** Where this process writes. The file is made with the first fact. */
export const coverageFile: string =
  earlier?.file ??
  join(
    resolve(process.env['BIZERROR_COVERAGE'] ?? 'coverage/bizerror'),
    `${process.pid}-${randomUUID()}.jsonl`,
  )
const known = new Set<string>()

/** Writes a fact at once: test runners end workers without asking. */
function note(fact: object): void {
  const line = JSON.stringify(fact)
  if (known.has(line)) return
  known.add(line)
  try {
    append(`${line}\n`)
  } catch (error) {
    made[RECORDER]?.stop()
    process.emitWarning(
      `bizerror/testing/coverage cannot write to ${coverageFile}, and records no more: ${String(error)}`,
    )
  }
}

function append(text: string): void {
  try {
    appendFileSync(coverageFile, text)
  } catch {
    // It is not there yet, or a test runner has emptied the folder that it is in.
    mkdirSync(dirname(coverageFile), { recursive: true })
    appendFileSync(coverageFile, text)
  }
}

function noteMade(error: unknown): void {
  const unknownKey = read(error, 'unknownKey')
  if (unknownKey === undefined)
    note({ fact: 'made', catalog: read(error, 'catalog'), key: read(error, 'key') })
}

function noteAnswer(answer: unknown): void {
  const catalog = read(answer, 'catalog')
  const [status, locale, method, route] = ['status', 'locale', 'method', 'route'].map((name) =>
    read(answer, name),
  )
  note({
    fact: 'answered',
    catalog,
    key: read(answer, 'key'),
    as: read(answer, 'as'),
    status,
    locale,
    method,
    route,
  })
  for (const each of readItems(read(answer, 'errors'), MAX_FURTHER)) {
    note({ fact: 'answered', catalog, key: read(each, 'key'), locale })
  }
}

function stop(): void {
  made.unsubscribe(noteMade)
  answered.unsubscribe(noteAnswer)
}

made[RECORDER] = { file: coverageFile, stop }
made.subscribe(noteMade)
answered.subscribe(noteAnswer)
