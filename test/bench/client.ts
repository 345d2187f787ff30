import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { pinned, CLIENT_CORE } from './cores.ts'

/** What is sent: how many at a time, and in which languages. */
export interface Load {
  readonly connections?: number
  /** One Accept-Language header (`''` for none), a thousand in turn, never the same twice, or 32 new ranges in each. */
  readonly language: { readonly fixed: string } | 'cycle' | 'unique' | 'ranges'
}

export interface LoadResult {
  readonly requests: number
  readonly seconds: number
}

interface Summary {
  readonly requests: number
  readonly microseconds: number
  readonly refused: number
  readonly failed: number
}

const SCRIPT = fileURLToPath(new URL('load.lua', import.meta.url))
const DEFAULT_CONNECTIONS = 32

let begun = 0

/**
 * Keeps connections busy for a while. Every answer must be an error and every connection must hold: else there is
 * nothing to compare.
 *
 * @param seconds - a whole number, as wrk wants it
 */
export async function load(
  port: number,
  { connections = DEFAULT_CONNECTIONS, language }: Load,
  seconds: number,
): Promise<LoadResult> {
  // Each run begins where no other has been.
  const mode =
    typeof language === 'object' ? ['fixed', language.fixed] : [language, String(begun++ * 1_000_003)]
  const flags = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT]
  const args = [...flags, `http://127.0.0.1:${port}/`, '--', ...mode]
  const wrk = spawn(...pinned(CLIENT_CORE, 'wrk', args), { stdio: ['ignore', 'pipe', 'inherit'] })
  const output = await text(wrk.stdout)
  const line = output.split('\n').find((candidate) => candidate.startsWith('{'))
  if (line === undefined) throw new Error(`wrk printed no summary: ${output}`)
  const { requests, microseconds, refused, failed } = JSON.parse(line) as Summary
  if (failed > 0 || refused !== requests || requests === 0) {
    throw new Error(`Of ${requests} requests ${refused} were answered with an error, ${failed} failed.`)
  }
  return { requests, seconds: microseconds / 1e6 }
}
